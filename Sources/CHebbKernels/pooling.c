#include "hebb_pooling.h"

#include "hebb_isa_dispatch.h"

HEBB_DISPATCH(hebb_pooling_kernels)
