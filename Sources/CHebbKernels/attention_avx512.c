#define HEBB_TARGET HEBB_TARGET_AVX512
#define HEBB_FAMILY "attention_kernels.h"
#include "hebb_isa_targets.h"
