#include "hebb_product.h"

#include "hebb_platform.h"

extern const struct hebb_product_kernels hebb_product_scalar;
#if defined(__x86_64__)
extern const struct hebb_product_kernels hebb_product_avx2, hebb_product_avx512;
#elif defined(__aarch64__)
extern const struct hebb_product_kernels hebb_product_neon;
#endif

const struct hebb_product_kernels *hebb_product_kernels(int isa) {
  switch (isa) {
#if defined(__x86_64__)
    case HEBB_AVX2: return &hebb_product_avx2;
    case HEBB_AVX512: return &hebb_product_avx512;
#elif defined(__aarch64__)
    case HEBB_NEON: return &hebb_product_neon;
#endif
    default: return &hebb_product_scalar;
  }
}
