#include "hebb_recurrent.h"

#include "hebb_isa_dispatch.h"

HEBB_DISPATCH(hebb_recurrent)
