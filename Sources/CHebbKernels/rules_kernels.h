// One pass over each unit: it moves, is stored, and is measured while it is still in registers. Sums run in four vectors,
// so that the length of a row alone says which terms meet.
#include "vector_kernels.h"

#include "hebb_rules.h"

HEBB_INLINE v16 squared_term(v16 sum, v16 w, v16 x) { v16 d = x - w; return fma16(d, d, sum); }
HEBB_INLINE v16 manhattan_term(v16 sum, v16 w, v16 x) { return sum + absolute(x - w); }
HEBB_INLINE v16 chebyshev_term(v16 sum, v16 w, v16 x) { return larger(absolute(x - w), sum); }
HEBB_INLINE v16 dot_term(v16 sum, v16 w, v16 x) { return fma16(w, x, sum); }

HEBB_INLINE float joined_sum(const v16 *s) { return sum_lanes((s[0] + s[1]) + (s[2] + s[3])); }
HEBB_INLINE float joined_max(const v16 *s) {
  return largest_lane(larger(larger(s[0], s[1]), larger(s[2], s[3])));
}

#define MAP_KERNEL(metric, term, joined)                                                                        \
  HEBB_INLINE float metric##_row(const int moves, const int measures, float *w, const float *x, float factor,   \
                                 const float *next, long n) {                                                   \
    v16 sum[4] = {{0}, {0}, {0}, {0}};                                                                          \
    const v16 f = all(factor);                                                                                 \
    long i = 0;                                                                                                 \
    for (; i + 64 <= n; i += 64)                                                                                \
      for (int k = 0; k < 4; k++) {                                                                             \
        v16 lanes = load(w + i + 16 * k);                                                                       \
        if (moves) {                                                                                            \
          lanes = fma16(f, load(x + i + 16 * k) - lanes, lanes);                                                \
          store(w + i + 16 * k, lanes);                                                                         \
        }                                                                                                       \
        if (measures) sum[k] = term(sum[k], lanes, load(next + i + 16 * k));                                    \
      }                                                                                                         \
    for (int k = 0; i < n; i += 16, k++) {                                                                      \
      v16 lanes = load_most(w + i, n - i);                                                                      \
      if (moves) {                                                                                              \
        lanes = fma16(f, load_most(x + i, n - i) - lanes, lanes);                                               \
        store_most(w + i, lanes, n - i);                                                                        \
      }                                                                                                         \
      if (measures) sum[k] = term(sum[k], lanes, load_most(next + i, n - i));                                   \
    }                                                                                                           \
    return measures ? joined(sum) : 0;                                                                          \
  }                                                                                                             \
  static void run_##metric(const struct hebb_map_step *p, long from, long to) {                   \
    const long n = p->features;                                                                                 \
    for (long u = from; u < to; u++) {                                                                          \
      float *w = p->w + u * n, factor = p->x ? p->factor[u] : 0;                                                \
      if (factor != 0 && p->next) p->distance[u] = metric##_row(1, 1, w, p->x, factor, p->next, n);             \
      else if (factor != 0) metric##_row(1, 0, w, p->x, factor, 0, n);                                          \
      else if (p->next) p->distance[u] = metric##_row(0, 1, w, 0, 0, p->next, n);                               \
    }                                                                                                           \
  }

MAP_KERNEL(squared, squared_term, joined_sum)
MAP_KERNEL(manhattan, manhattan_term, joined_sum)
MAP_KERNEL(chebyshev, chebyshev_term, joined_max)
MAP_KERNEL(dot, dot_term, joined_sum)

const struct hebb_map HEBB_NAMED(hebb_map) = {.step = {
    [HEBB_SQUARED_EUCLIDEAN] = run_squared,
    [HEBB_MANHATTAN] = run_manhattan,
    [HEBB_CHEBYSHEV] = run_chebyshev,
    [HEBB_DOT] = run_dot,
}};
