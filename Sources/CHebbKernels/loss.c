#include "hebb_loss.h"

#include "hebb_isa_dispatch.h"

HEBB_DISPATCH(hebb_loss)
