#include "hebb_optimizer.h"

#include "hebb_isa_dispatch.h"

HEBB_DISPATCH(hebb_optimizer)

hebb_optimizer_kernel hebb_optimizer_rule_kernel(int isa, int rule) { return hebb_optimizer_table(isa)->step[rule]; }
