#define HEBB_TARGET HEBB_TARGET_AVX2
#define HEBB_FAMILY "attention_kernels.h"
#include "hebb_isa_targets.h"
