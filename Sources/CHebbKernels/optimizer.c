// The baseline of the kernels (plain code; NEON on its machines) and the choice between the instruction sets.
#define HEBB_VARIANT(name) name##_baseline
#include "optimizer.inc"
#include "hebb_platform.h"

#if defined(__x86_64__)
extern const hebb_optimizer_kernel hebb_optimizer_avx2[HEBB_OPTIMIZER_RULES], hebb_optimizer_avx512[HEBB_OPTIMIZER_RULES];
#endif

const hebb_optimizer_kernel *hebb_optimizer_table(int isa) {
  switch (isa) {
#if defined(__x86_64__)
    case HEBB_AVX2: return hebb_optimizer_avx2;
    case HEBB_AVX512: return hebb_optimizer_avx512;
#endif
    default: return hebb_optimizer_baseline;
  }
}
