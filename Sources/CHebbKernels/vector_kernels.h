// Vectors of sixteen floats: loads, stores, choices. Included by the families, inside of their instruction set.
#ifndef HEBB_VECTOR_KERNELS_H
#define HEBB_VECTOR_KERNELS_H

HEBB_INLINE v16 load(const float *x) { return *(const v16_unaligned *)x; }
HEBB_INLINE void store(float *y, v16 x) { *(v16_unaligned *)y = x; }
HEBB_INLINE v16 all(float x) { return (v16){x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x}; }
HEBB_INLINE v16 fma16(v16 a, v16 b, v16 c) { return __builtin_elementwise_fma(a, b, c); }
HEBB_INLINE v16 pick(i16 mask, v16 yes, v16 no) { return (v16)((mask & (i16)yes) | (~mask & (i16)no)); }
HEBB_INLINE v16 absolute(v16 x) { return (v16)((i16)x & 0x7fffffff); }
HEBB_INLINE v16 with_sign(v16 magnitude, v16 sign) {
  return (v16)(((i16)magnitude & 0x7fffffff) | ((i16)sign & (int32_t)0x80000000));
}
// The larger and the smaller; NaN where either is NaN.
HEBB_INLINE v16 larger(v16 a, v16 b) { return pick((a > b) | (a != a), a, b); }
HEBB_INLINE v16 smaller(v16 a, v16 b) { return pick((a < b) | (a != a), a, b); }
HEBB_INLINE v16 add16(v16 a, v16 b) { return a + b; }
HEBB_INLINE v16 relu16(v16 x) { return pick((x > 0.0f) | (x != x), x, all(0.0f)); }
HEBB_INLINE v16 root16(v16 x) { return __builtin_elementwise_sqrt(x); }

// All bits set in the first `n` lanes, and `x` there with zeros behind.
HEBB_INLINE i16 first_lanes(long n) {
  return (i16){0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15} < (int32_t)(n < 16 ? n : 16);
}
HEBB_INLINE v16 only(i16 mask, v16 x) { return (v16)(mask & (i16)x); }

// The lanes of a vector joined as a tree: halves, quarters, pairs.
#define JOIN_LANES(NAME, JOIN)                                                                      \
  HEBB_INLINE float NAME(v16 a) {                                                                   \
    a = JOIN(a, __builtin_shufflevector(a, a, 8, 9, 10, 11, 12, 13, 14, 15, 0, 0, 0, 0, 0, 0, 0, 0));\
    a = JOIN(a, __builtin_shufflevector(a, a, 4, 5, 6, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));     \
    a = JOIN(a, __builtin_shufflevector(a, a, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));     \
    return JOIN(a, __builtin_shufflevector(a, a, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))[0];\
  }

JOIN_LANES(sum_lanes, add16)
JOIN_LANES(largest_lane, larger)
JOIN_LANES(smallest_lane, smaller)

// The last n < 16 elements of a row, with `filler` behind them: they take the same path as all others.
#if HEBB_TARGET == HEBB_TARGET_AVX512

HEBB_INLINE v16 load_part(const float *x, long n, float filler) {
  return (v16)_mm512_mask_loadu_ps((__m512)all(filler), (__mmask16)((1u << n) - 1), x);
}
HEBB_INLINE void store_part(float *y, v16 x, long n) {
  _mm512_mask_storeu_ps(y, (__mmask16)((1u << n) - 1), (__m512)x);
}

#elif HEBB_TARGET == HEBB_TARGET_AVX2

HEBB_INLINE v16 load_part(const float *x, long n, float filler) {
  union {
    i16 lanes;
    __m256i half[2];
  } mask = {first_lanes(n)};
  union {
    __m256 half[2];
    v16 lanes;
  } y = {{_mm256_maskload_ps(x, mask.half[0]), _mm256_maskload_ps(x + 8, mask.half[1])}};
  return pick(mask.lanes, y.lanes, all(filler));
}
HEBB_INLINE void store_part(float *y, v16 x, long n) {
  union {
    i16 lanes;
    __m256i half[2];
  } mask = {first_lanes(n)};
  union {
    v16 lanes;
    __m256 half[2];
  } value = {x};
  _mm256_maskstore_ps(y, mask.half[0], value.half[0]);
  _mm256_maskstore_ps(y + 8, mask.half[1], value.half[1]);
}

#else

// In steps of 8, 4, 2 and 1 floats.
#define PARTS(MOVE)             \
  if (n & 8) { MOVE(0, 8); }      \
  if (n & 4) { MOVE(n & 8, 4); }  \
  if (n & 2) { MOVE(n & 12, 2); } \
  if (n & 1) { MOVE(n & 14, 1); }

HEBB_INLINE v16 load_part(const float *x, long n, float filler) {
  float lanes[16] __attribute__((aligned(64)));
  store(lanes, all(filler));
#define MOVE(at, count) memcpy(lanes + (at), x + (at), (count) * sizeof(float))
  PARTS(MOVE)
#undef MOVE
  return load(lanes);
}
HEBB_INLINE void store_part(float *y, v16 x, long n) {
  float lanes[16] __attribute__((aligned(64)));
  store(lanes, x);
#define MOVE(at, count) memcpy(y + (at), lanes + (at), (count) * sizeof(float))
  PARTS(MOVE)
#undef MOVE
}

#endif

// Like `load` and `store`, but no more than `n` floats; zeros behind them.
HEBB_INLINE v16 load_most(const float *x, long n) { return n >= 16 ? load(x) : load_part(x, n, 0); }
HEBB_INLINE void store_most(float *y, v16 x, long n) {
  if (n >= 16) store(y, x);
  else store_part(y, x, n);
}

#endif
