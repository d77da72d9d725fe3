#include "hebb_random.h"

#include "hebb_isa_dispatch.h"

HEBB_DISPATCH(hebb_random)

const struct hebb_random *hebb_random_kernels(void) { return hebb_random_table(hebb_isa()); }
