// Sixteen floats at a time: what the kernel sources of pooling, normalisation, loss and optimiser share.
// Included between `pragma clang attribute push(target)` and `pop`, so that every helper is of that instruction set.
#ifndef HEBB_LANES_H
#define HEBB_LANES_H

#pragma STDC FP_CONTRACT OFF
// Every function that takes vectors is inlined, so how vectors are passed does not matter.
#pragma clang diagnostic ignored "-Wpsabi"

#define HEBB_INLINE static inline __attribute__((always_inline))

typedef float v16 __attribute__((vector_size(64)));
typedef int i16 __attribute__((vector_size(64)));
typedef float v16_anywhere __attribute__((vector_size(64), aligned(4), may_alias));

HEBB_INLINE v16 load(const float *p) { return *(const v16_anywhere *)p; }
HEBB_INLINE void store(float *p, v16 v) { *(v16_anywhere *)p = v; }

// Parts of a vector go in steps of 8, 4, 2 and 1 floats: a call of memcpy costs more.
#define HEBB_PARTS(move)                                                                                        \
  if (n & 8) { move(0, 8); }                                                                                    \
  if (n & 4) { move(n & 8, 4); }                                                                                \
  if (n & 2) { move(n & 12, 2); }                                                                               \
  if (n & 1) { move(n & 14, 1); }

/// The first `n` < 16 floats, zeros behind them.
HEBB_INLINE v16 load_some(const float *p, long n) {
  if (n == 8) {  // common, and it needs no detour through memory
    typedef float v8 __attribute__((vector_size(32), aligned(4), may_alias));
    return __builtin_shufflevector(*(const v8 *)p, (v8){0}, 0, 1, 2, 3, 4, 5, 6, 7, 8, 8, 8, 8, 8, 8, 8, 8);
  }
  float lanes[16] = {0};
#define HEBB_MOVE(at, count) __builtin_memcpy(lanes + (at), p + (at), (count) * sizeof(float))
  HEBB_PARTS(HEBB_MOVE)
#undef HEBB_MOVE
  return load(lanes);
}

HEBB_INLINE void store_some(float *p, v16 v, long n) {
  float lanes[16];
  store(lanes, v);
#define HEBB_MOVE(at, count) __builtin_memcpy(p + (at), lanes + (at), (count) * sizeof(float))
  HEBB_PARTS(HEBB_MOVE)
#undef HEBB_MOVE
}

/// Like `load`, but reads no more than `n` floats.
HEBB_INLINE v16 load_most(const float *p, long n) { return n >= 16 ? load(p) : load_some(p, n); }

/// Like `store`, but writes no more than `n` floats.
HEBB_INLINE void store_most(float *p, v16 v, long n) {
  if (n >= 16) store(p, v);
  else store_some(p, v, n);
}

HEBB_INLINE v16 fill(float x) { return (v16){0} + x; }
HEBB_INLINE v16 fma16(v16 a, v16 b, v16 c) { return __builtin_elementwise_fma(a, b, c); }
HEBB_INLINE v16 sqrt16(v16 x) { return __builtin_elementwise_sqrt(x); }
HEBB_INLINE v16 choose16(i16 mask, v16 yes, v16 no) { return (v16)((mask & (i16)yes) | (~mask & (i16)no)); }

/// All bits set in the first `n` lanes.
HEBB_INLINE i16 first_lanes(long n) {
  i16 lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  return lane < (int)(n < 16 ? n : 16);
}

/// The sum of the lanes, as a tree: halves, quarters, pairs.
HEBB_INLINE float sum_lanes(v16 v) {
  float a[8], b[4];
  for (int i = 0; i < 8; i++) a[i] = v[i] + v[i + 8];
  for (int i = 0; i < 4; i++) b[i] = a[i] + a[i + 4];
  return (b[0] + b[2]) + (b[1] + b[3]);
}

HEBB_INLINE v16 max16(v16 a, v16 b) { return choose16(a > b, a, b); }

#endif
