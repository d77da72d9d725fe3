#define HEBB_TARGET HEBB_TARGET_SCALAR
#define HEBB_FAMILY "recurrent_kernels.h"
#include "hebb_isa_targets.h"
