// Philox on sixteen blocks at once, and the distributions made of its bits.
#include "math_kernels.h"

#include "hebb_random.h"

typedef uint64_t u16_wide __attribute__((vector_size(128)));

HEBB_INLINE u16 every(uint32_t x) { return (u16){} + x; }

// The upper and lower halves of the products of sixteen words with one.
HEBB_INLINE u16 multiply_wide(u16 x, uint32_t factor, u16 *low) {
  u16_wide product = __builtin_convertvector(x, u16_wide) * (uint64_t)factor;
  *low = __builtin_convertvector(product, u16);
  return __builtin_convertvector(product >> 32, u16);
}

// Blocks index … index + 15 of a stream: word w of block l is lane l of words[w].
HEBB_INLINE void philox16(uint64_t seed, uint64_t stream, uint64_t index, u16 words[4]) {
  u16_wide number = (u16_wide){0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15} + index;
  u16 c0 = __builtin_convertvector(number, u16), c1 = __builtin_convertvector(number >> 32, u16);
  u16 c2 = every((uint32_t)stream), c3 = every((uint32_t)(stream >> 32));
  uint32_t k0 = (uint32_t)seed, k1 = (uint32_t)(seed >> 32);
  for (int round = 0; round < 10; round++, k0 += 0x9e3779b9u, k1 += 0xbb67ae85u) {
    u16 low0, low1;
    u16 high0 = multiply_wide(c0, 0xd2511f53u, &low0);
    u16 high1 = multiply_wide(c2, 0xcd9e8d57u, &low1);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
  }
  words[0] = c0;
  words[1] = c1;
  words[2] = c2;
  words[3] = c3;
}

HEBB_INLINE i16 bits24(u16 word) { return (i16)(word >> 8); }
HEBB_INLINE v16 unit(u16 word) { return __builtin_convertvector(bits24(word), v16) * 0x1p-24f; }

// Fills y group by group: `MAKE` turns u16 words[4] into v16 y16[4].
#define GROUPS(MAKE)                                                        \
  for (long i = 0; i < n; i += HEBB_RANDOM_GROUP, index += 16) {            \
    u16 words[4];                                                           \
    v16 y16[4];                                                             \
    philox16(seed, stream, index, words);                                   \
    MAKE;                                                                   \
    for (int w = 0; w < 4; w++) {                                           \
      long width = n - i - 16 * w;                                          \
      if (width >= 16) store(y + i + 16 * w, y16[w]);                       \
      else if (width > 0) store_part(y + i + 16 * w, y16[w], width);        \
    }                                                                       \
  }

static void run_uniform(uint64_t seed, uint64_t stream, uint64_t index, float low, float span, float *y, long n) {
  v16 top = all(low + span);
  GROUPS(for (int w = 0; w < 4; w++) y16[w] = smaller(fma16(unit(words[w]), all(span), all(low)), top))
}

// Two uniform numbers make two normal ones: √(−2 log u) times the cosine and the sine of 2π v.
HEBB_INLINE void normal_pair(u16 a, u16 b, float mean, float deviation, v16 *first, v16 *second) {
  v16 u = __builtin_convertvector(bits24(a) + 1, v16) * 0x1p-24f;
  v16 radius = __builtin_elementwise_sqrt(-2.0f * log16(u)) * deviation;
  i16 turn = bits24(b) + (1 << 21);
  i16 quarter = turn >> 22;
  v16 angle = __builtin_convertvector((turn & 0x3fffff) - (1 << 21), v16) * 3.74507039e-7f;  // 2π · 2^−24
  *first = fma16(radius, wave(angle, quarter + 1), all(mean));
  *second = fma16(radius, wave(angle, quarter), all(mean));
}

static void run_normal(uint64_t seed, uint64_t stream, uint64_t index, float mean, float deviation, float *y, long n) {
  GROUPS({
    normal_pair(words[0], words[1], mean, deviation, &y16[0], &y16[1]);
    normal_pair(words[2], words[3], mean, deviation, &y16[2], &y16[3]);
  })
}

// √2 · the inverse error function, for |x| < 0.96.
HEBB_INLINE v16 normal_quantile(v16 x) {
  v16 w = -log16((1.0f - x) * (1.0f + x)) - 2.5f;
  v16 p = fma16(all(2.81022636e-8f), w, all(3.43273939e-7f));
  p = fma16(p, w, all(-3.5233877e-6f));
  p = fma16(p, w, all(-4.39150654e-6f));
  p = fma16(p, w, all(2.1858087e-4f));
  p = fma16(p, w, all(-0.00125372503f));
  p = fma16(p, w, all(-0.00417768164f));
  p = fma16(p, w, all(0.246640727f));
  p = fma16(p, w, all(1.50140941f));
  return p * x * 1.41421356f;
}

static void run_truncated_normal(uint64_t seed, uint64_t stream, uint64_t index, float mean, float deviation, float *y,
                                 long n) {
  GROUPS(for (int w = 0; w < 4; w++) {
    // The middle of 2^24 steps over (−erf √2, erf √2).
    v16 odd = __builtin_convertvector(bits24(words[w]) - (1 << 23), v16) * 0x1p-23f + 0x1p-24f;
    v16 z = normal_quantile(odd * 0.954499736f);
    y16[w] = fma16(pick(absolute(z) > 2.0f, with_sign(all(2.0f), z), z), all(deviation), all(mean));
  })
}

static void run_bernoulli(uint64_t seed, uint64_t stream, uint64_t index, int32_t threshold, float *y, long n) {
  GROUPS(for (int w = 0; w < 4; w++) y16[w] = (v16)((bits24(words[w]) < threshold) & (i16)all(1.0f)))
}

const struct hebb_random HEBB_NAMED(hebb_random) = {
    .uniform = run_uniform,
    .normal = run_normal,
    .truncated_normal = run_truncated_normal,
    .bernoulli = run_bernoulli,
};
