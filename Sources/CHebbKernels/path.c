#include "hebb_path.h"

#include "hebb_isa_dispatch.h"

HEBB_DISPATCH(hebb_path)
