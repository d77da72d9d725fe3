#include "hebb_depthwise.h"

#include "hebb_isa_dispatch.h"

HEBB_DISPATCH(hebb_depthwise_kernels)
