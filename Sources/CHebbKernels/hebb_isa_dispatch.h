// Gives a family `NAME_table(isa)`: the table of kernels `NAME_avx512` and its like, of type `struct NAME`.
#include "hebb_platform.h"

#if defined(__x86_64__)
#define HEBB_DISPATCH(NAME)                                         \
  extern const struct NAME NAME##_scalar, NAME##_avx2, NAME##_avx512; \
  const struct NAME *NAME##_table(int isa) {                        \
    if (isa == HEBB_AVX512) return &NAME##_avx512;                  \
    return isa == HEBB_AVX2 ? &NAME##_avx2 : &NAME##_scalar;        \
  }
#elif defined(__aarch64__)
#define HEBB_DISPATCH(NAME)                                                                                       \
  extern const struct NAME NAME##_scalar, NAME##_neon;                                                            \
  const struct NAME *NAME##_table(int isa) { return isa == HEBB_NEON ? &NAME##_neon : &NAME##_scalar; }
#else
#define HEBB_DISPATCH(NAME)            \
  extern const struct NAME NAME##_scalar; \
  const struct NAME *NAME##_table(int isa) { return &NAME##_scalar; }
#endif
