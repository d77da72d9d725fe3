#include "hebb_rules.h"

#include "hebb_isa_dispatch.h"

HEBB_DISPATCH(hebb_map)

hebb_map_kernel hebb_map_metric_kernel(int isa, int metric) { return hebb_map_table(isa)->step[metric]; }
