#include "hebb_normalization.h"

#include "hebb_isa_dispatch.h"

HEBB_DISPATCH(hebb_normalization)
