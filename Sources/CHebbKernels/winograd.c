#include "hebb_winograd.h"

#include "hebb_isa_dispatch.h"

HEBB_DISPATCH(hebb_winograd)
