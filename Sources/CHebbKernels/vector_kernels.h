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

// Copies n < 16 floats by moves of fixed sizes that may overlap.
HEBB_INLINE void copy_part(float *to, const float *from, long n) {
  if (n >= 8) {
    char head[32], tail[32];
    memcpy(head, from, 32);
    memcpy(tail, from + n - 8, 32);
    memcpy(to, head, 32);
    memcpy(to + n - 8, tail, 32);
  } else if (n >= 4) {
    char head[16], tail[16];
    memcpy(head, from, 16);
    memcpy(tail, from + n - 4, 16);
    memcpy(to, head, 16);
    memcpy(to + n - 4, tail, 16);
  } else {
    if (n > 0) to[0] = from[0];
    if (n > 1) to[1] = from[1];
    if (n > 2) to[2] = from[2];
  }
}

// The last n < 16 elements of a row, with `filler` behind them: they take the same path as all others.
HEBB_INLINE v16 load_part(const float *x, long n, float filler) {
  float lanes[16] __attribute__((aligned(64)));
  for (int i = 0; i < 16; i++) lanes[i] = filler;
  copy_part(lanes, x, n);
  return load(lanes);
}
HEBB_INLINE void store_part(float *y, v16 x, long n) {
  float lanes[16] __attribute__((aligned(64)));
  store(lanes, x);
  copy_part(y, lanes, n);
}

#endif
