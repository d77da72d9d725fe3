#include "hebb_attention.h"

#include "hebb_isa_dispatch.h"

HEBB_DISPATCH(hebb_attention)
