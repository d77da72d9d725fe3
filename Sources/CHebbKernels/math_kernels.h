// The functions of analysis on sixteen floats: + − × ÷ √ and fused multiply-add alone, hence the same bits everywhere.
// Polynomials are minimax fits (relative error below 1e-8 before rounding), by reweighted least squares.
#ifndef HEBB_MATH_KERNELS_H
#define HEBB_MATH_KERNELS_H

#include "vector_kernels.h"

// Adding this rounds to a whole number, and leaves that number in the low bits.
#define ROUNDER 12582912.0f
#define ROUNDER_BITS 0x4b400000

HEBB_INLINE v16 power_of_two(i16 n) { return (v16)((n + 127) << 23); }

// x = n · ln 2 + r with |r| ≤ ln 2 / 2.
HEBB_INLINE v16 reduce_exponent(v16 x, v16 *n, i16 *whole) {
  v16 shifted = fma16(x, all(1.44269504f), all(ROUNDER));
  *whole = (i16)shifted - ROUNDER_BITS;
  *n = shifted - all(ROUNDER);
  v16 r = fma16(*n, all(-0.693145752f), x);
  return fma16(*n, all(-1.42860677e-6f), r);
}

// (exp r − 1 − r) / r² on the reduced range.
HEBB_INLINE v16 exponential_tail(v16 r) {
  v16 p = fma16(all(0.00138824990f), r, all(0.00836652121f));
  p = fma16(p, r, all(0.0416672002f));
  p = fma16(p, r, all(0.166665436f));
  return fma16(p, r, all(0.49999998f));
}

// exp r on the reduced range.
HEBB_INLINE v16 exponential(v16 r) { return fma16(exponential_tail(r), r * r, r) + 1.0f; }

// exp x for x ≤ 0, as softmax needs it: 0 where the result would be a denormal.
HEBB_INLINE v16 exp_negative16(v16 x) {
  v16 n;
  i16 whole;
  v16 r = reduce_exponent(x, &n, &whole);
  return only(~(x < -87.3f), exponential(r) * power_of_two(whole));
}

HEBB_INLINE v16 exp16(v16 x) {
  x = pick(x < -104.0f, all(-104.0f), x);
  x = pick(x > 89.0f, all(89.0f), x);
  v16 n;
  i16 whole;
  v16 r = reduce_exponent(x, &n, &whole);
  v16 p = exponential(r);
  i16 half = whole >> 1;  // in two steps, so that 2^128 and the denormals are reached
  return p * power_of_two(half) * power_of_two(whole - half);
}

HEBB_INLINE v16 expm1_16(v16 x) {
  v16 y = pick(x < -18.0f, all(-18.0f), x);
  y = pick(y > 89.0f, all(89.0f), y);
  v16 n;
  i16 whole;
  v16 r = reduce_exponent(y, &n, &whole);
  v16 q = fma16(exponential_tail(r), r * r, r);
  v16 half = power_of_two(whole - 1);
  v16 z = fma16(q, half, half - 0.5f);
  z = pick(n == 0.0f, q, z + z);
  return pick(absolute(x) < 1e-9f, x, z);
}

// log(1 + f) for √½ ≤ 1 + f < √2, plus e · ln 2, plus a small correction.
HEBB_INLINE v16 log_of_parts(v16 f, v16 e, v16 correction) {
  v16 p = fma16(all(0.067465868f), f, all(-0.116758120f));
  p = fma16(p, f, all(0.118882719f));
  p = fma16(p, f, all(-0.124055634f));
  p = fma16(p, f, all(0.142195324f));
  p = fma16(p, f, all(-0.166679971f));
  p = fma16(p, f, all(0.200021199f));
  p = fma16(p, f, all(-0.250000096f));
  p = fma16(p, f, all(0.333333126f));
  v16 square = f * f;
  v16 tail = fma16(p, square * f, fma16(e, all(-2.12194440e-4f), correction));
  tail = fma16(square, all(-0.5f), tail);
  return fma16(e, all(0.693359375f), f + tail);
}

// x = (1 + f) · 2^e with √½ ≤ 1 + f < √2, for a normal x.
HEBB_INLINE v16 split_power(v16 x, v16 *e) {
  i16 bits = (i16)x - 0x3f3504f3;
  *e = __builtin_convertvector(bits >> 23, v16);
  return (v16)((bits & 0x7fffff) + 0x3f3504f3) - 1.0f;
}

HEBB_INLINE v16 log_ends(v16 x, v16 y) {
  y = pick(x == 0.0f, all(-__builtin_inff()), y);
  y = pick(x == __builtin_inff(), x, y);
  return pick((x < 0.0f) | (x != x), all(__builtin_nanf("")), y);
}

HEBB_INLINE v16 log16(v16 x) {
  i16 small = x < 1.17549435e-38f;
  v16 e;
  v16 f = split_power(pick(small, x * 8388608.0f, x), &e);
  e = e - pick(small, all(23.0f), all(0.0f));
  return log_ends(x, log_of_parts(f, e, all(0.0f)));
}

HEBB_INLINE v16 log1p_16(v16 x) {
  v16 u = 1.0f + x;
  v16 lost = pick(x >= 1.0f, 1.0f - (u - x), x - (u - 1.0f));  // what the sum has rounded away
  v16 e;
  v16 f = split_power(u, &e);
  i16 near = e == 0.0f;
  v16 y = log_of_parts(pick(near, x, f), e, pick(near, all(0.0f), lost / u));
  return pick(absolute(x) < 1e-9f, x, log_ends(u, y));
}

HEBB_INLINE v16 tanh16(v16 x) {
  v16 t = absolute(x);
  v16 e = expm1_16(pick(t > 10.0f, all(20.0f), t + t));
  return with_sign(e / (e + 2.0f), x);
}

HEBB_INLINE v16 sigmoid16(v16 x) {
  v16 e = exp16(-absolute(x));
  return pick(x < 0.0f, e, all(1.0f)) / (1.0f + e);
}

HEBB_INLINE v16 softplus16(v16 x) {
  return pick((x > 0.0f) | (x != x), x, all(0.0f)) + log1p_16(exp16(-absolute(x)));
}

HEBB_INLINE v16 erf16(v16 x) {
  v16 s = x * x;
  v16 p = fma16(all(7.85384099e-5f), s, all(-8.01018746e-4f));
  p = fma16(p, s, all(0.00518832698f));
  p = fma16(p, s, all(-0.0268538116f));
  p = fma16(p, s, all(0.112835851f));
  p = fma16(p, s, all(-0.376126258f));
  p = fma16(p, s, all(0.128379166f));
  v16 near = fma16(p, x, x);
  v16 t = absolute(x);
  t = pick(t > 4.0f, all(4.0f), t);
  v16 q = fma16(all(1.23404478e-5f), t, all(-3.33969940e-4f));
  q = fma16(q, t, all(0.00368814637f));
  q = fma16(q, t, all(-0.0238593505f));
  q = fma16(q, t, all(0.106350654f));
  q = fma16(q, t, all(0.635081980f));
  q = fma16(q, t, all(0.128665706f));
  v16 far = with_sign(1.0f - exp16(-fma16(q, t, t)), x);
  return pick(absolute(x) > 0.96f, far, near);
}

// 2/π, after 32 zero bits.
static const uint32_t two_over_pi[] = {0,          0xa2f9836e, 0x4e441529, 0xfc2757d1, 0xf534ddc0,
                                       0xdb629599, 0x3c439041, 0xfe5163ab, 0xdebbc561};

// One lane of a large finite x: its quarter turn, and what is left as an angle (Payne and Hanek 1983): only the bits of
// 2/π that matter modulo four turns are multiplied, in whole numbers.
HEBB_INLINE float reduce_large_angle(float x, int32_t *quarter) {
  int32_t bits;
  memcpy(&bits, &x, 4);
  int32_t exponent = ((bits >> 23) & 0xff) - 150;
  uint64_t mantissa = (uint64_t)((bits & 0x7fffff) | 0x800000);
  int32_t start = exponent - 2 + 32;
  int32_t word = start >> 5, shift = start & 31;
  uint32_t window[3];
  for (int i = 0; i < 3; i++)
    window[i] = (uint32_t)((((uint64_t)two_over_pi[word + i] << 32 | two_over_pi[word + i + 1]) << shift) >> 32);
  uint64_t product = (mantissa * window[2] >> 32) + mantissa * window[1] + (mantissa * window[0] << 32);
  uint64_t rounded = product + (1ull << 61);
  int64_t rest = (int64_t)(product - (rounded & ~((1ull << 62) - 1)));
  float angle = (float)((double)rest * 3.4061215800304395e-19);  // π/2 · 2^−62
  *quarter = (int32_t)(rounded >> 62);
  if (bits < 0) {
    *quarter = -*quarter;
    angle = -angle;
  }
  return angle;
}

// x = quarter · π/2 + r with |r| ≤ π/4.
HEBB_INLINE v16 reduce_angle(v16 x, i16 *quarter) {
  v16 shifted = fma16(x, all(0.636619772f), all(ROUNDER));
  *quarter = (i16)shifted - ROUNDER_BITS;
  v16 n = shifted - ROUNDER;
  v16 r = fma16(n, all(-1.57079637f), x);
  r = fma16(n, all(4.37113883e-8f), r);
  r = fma16(n, all(1.71512489e-15f), r);
  i16 large = (absolute(x) > 70000.0f);
  r = pick(large, x - x, r);  // NaN for the infinities
  if (__builtin_reduce_or(large))
    for (int i = 0; i < 16; i++)
      if (large[i] && r[i] == r[i]) {
        int32_t lane;
        r[i] = reduce_large_angle(x[i], &lane);
        (*quarter)[i] = lane;
      }
  return r;
}

HEBB_INLINE v16 wave(v16 r, i16 quarter) {
  v16 s = r * r;
  v16 p = fma16(all(-1.95166455e-4f), s, all(0.00833217345f));
  p = fma16(p, s, all(-0.166666549f));
  v16 sine = fma16(p, s * r, r);
  v16 q = fma16(all(2.44376923e-5f), s, all(-0.00138873611f));
  q = fma16(q, s, all(0.0416666467f));
  v16 cosine = fma16(q, s * s, fma16(s, all(-0.5f), all(1.0f)));
  v16 y = pick((quarter & 1) != 0, cosine, sine);
  return (v16)((i16)y ^ ((quarter & 2) << 30));
}

HEBB_INLINE v16 sin16(v16 x) {
  i16 quarter;
  v16 r = reduce_angle(x, &quarter);
  return pick(x == 0.0f, x, wave(r, quarter));
}

HEBB_INLINE v16 cos16(v16 x) {
  i16 quarter;
  v16 r = reduce_angle(x, &quarter);
  return wave(r, quarter + 1);
}

#endif
