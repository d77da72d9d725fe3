#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,avx2,fma"))), apply_to = function)
#define HEBB_VARIANT(name) name##_avx512
#include "rules.inc"
#pragma clang attribute pop
#endif
