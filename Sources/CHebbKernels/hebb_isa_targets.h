// Compiles one source of kernels for one instruction set. A family of kernels is one header of static helpers and
// functions named HEBB_NAMED(name), and for every set a file of three lines:
//
//     #define HEBB_TARGET HEBB_TARGET_AVX512
//     #define HEBB_FAMILY "reduce_kernels.h"
//     #include "hebb_isa_targets.h"
//
// The sets give the same bits: vectors of sixteen lanes, only + − × ÷ √ and explicit fused multiply-add, no contraction.
#include <stdint.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "hebb_kernels.h"

#define HEBB_TARGET_SCALAR 0
#define HEBB_TARGET_AVX2 1
#define HEBB_TARGET_AVX512 2
#define HEBB_TARGET_NEON 3

#define HEBB_INLINE static inline __attribute__((always_inline, unused))

typedef float v16 __attribute__((vector_size(64)));
typedef int32_t i16 __attribute__((vector_size(64)));
typedef uint32_t u16 __attribute__((vector_size(64)));
typedef float v16_unaligned __attribute__((vector_size(64), aligned(4), may_alias));

#pragma STDC FP_CONTRACT OFF
#pragma clang diagnostic ignored "-Wpsabi"  // helpers that take vectors are inlined, and never called

#if HEBB_TARGET == HEBB_TARGET_SCALAR
#define HEBB_NAMED(name) name##_scalar
#include HEBB_FAMILY

#elif HEBB_TARGET == HEBB_TARGET_NEON && defined(__aarch64__)
#define HEBB_NAMED(name) name##_neon
#include HEBB_FAMILY

#elif HEBB_TARGET == HEBB_TARGET_AVX2 && defined(__x86_64__)
#define HEBB_NAMED(name) name##_avx2
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include HEBB_FAMILY
#pragma clang attribute pop

#elif HEBB_TARGET == HEBB_TARGET_AVX512 && defined(__x86_64__)
#define HEBB_NAMED(name) name##_avx512
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,avx2,fma"))), \
                             apply_to = function)
#include HEBB_FAMILY
#pragma clang attribute pop
#endif
