#if defined(__x86_64__)
#define SUFFIX avx512
#define REGISTERS 24
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,avx2,fma"))), apply_to = function)
#include "product.inc"
#pragma clang attribute pop
#endif
