#define HEBB_TARGET HEBB_TARGET_AVX2
#define HEBB_FAMILY "graph_kernels.h"
#include "hebb_isa_targets.h"
