// The baseline of the kernels (plain code; NEON on its machines) and the choice between the instruction sets.
#define HEBB_VARIANT(name) name##_baseline
#include "rules.inc"
#include "hebb_platform.h"

#if defined(__x86_64__)
extern const hebb_map_kernel hebb_map_avx2[HEBB_METRICS], hebb_map_avx512[HEBB_METRICS];
#endif

const hebb_map_kernel *hebb_map_table(int isa) {
  switch (isa) {
#if defined(__x86_64__)
    case HEBB_AVX2: return hebb_map_avx2;
    case HEBB_AVX512: return hebb_map_avx512;
#endif
    default: return hebb_map_baseline;
  }
}
