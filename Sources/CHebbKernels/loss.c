// The baseline of the kernels (plain code; NEON on its machines) and the choice between the instruction sets.
#define HEBB_VARIANT(name) name##_baseline
#include "loss.inc"
#include "hebb_platform.h"

#if defined(__x86_64__)
extern const struct hebb_loss_table hebb_loss_avx2, hebb_loss_avx512;
#endif

const struct hebb_loss_table *hebb_loss_table(int isa) {
  switch (isa) {
#if defined(__x86_64__)
    case HEBB_AVX2: return &hebb_loss_avx2;
    case HEBB_AVX512: return &hebb_loss_avx512;
#endif
    default: return &hebb_loss_baseline;
  }
}
