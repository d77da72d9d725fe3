#if defined(__x86_64__)
#define SUFFIX avx2
#define REGISTERS 6
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "product.inc"
#pragma clang attribute pop
#endif
