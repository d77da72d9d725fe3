// Depthwise convolutions, sixteen channels at a time: a tile of a few pixels and a few vectors of channels is summed in
// registers. Where three taps are neighbours, a pixel is loaded once for all of them. The last channels go through masks.
#include "vector_kernels.h"

#include "epilogue.h"
#include "hebb_depthwise.h"

#define UNROLL _Pragma("clang loop unroll(full)")

// Pixels and vectors of a tile, and how many taps the gradient of the weights sums at once.
#if HEBB_TARGET == HEBB_TARGET_AVX512
enum { PIXELS = 6, VECTORS = 4, TAPS = 9 };
#else
enum { PIXELS = 4, VECTORS = 1, TAPS = 6 };
#endif

/// Whether taps t, t + 1 and t + 2 read neighbouring pixels: pixel i meets the second where i + 1 meets the first.
HEBB_INLINE int are_neighbours(const struct hebb_depthwise *d, ptrdiff_t t) {
  const ptrdiff_t *x = d->x_tap + t;
  return t + 3 <= d->taps && x[1] == x[0] + d->x_step && x[2] == x[1] + d->x_step;
}

/// Finishes and stores the sums of a tile. For the last channels, whose `room` is less than sixteen, `e` has vectors of
/// their own.
HEBB_INLINE void finish_tile(const int P, const int V, long room, v16 sum[PIXELS][VECTORS], float *y, ptrdiff_t step,
                             const struct hebb_epilogue *e, ptrdiff_t c, const float *residual) {
  UNROLL for (int k = 0; k < V; k++)
    UNROLL for (int i = 0; i < P; i++) {
      const ptrdiff_t place = i * step + 16 * k;
      v16 total = sum[i][k];
      if (e) {
        float added[16];
        if (residual && room < 16) store(added, load_part(residual + place, room, 0));
        total = HEBB_NAMED(finish)(total, e, c + 16 * k, !residual ? 0 : room < 16 ? added : residual + place);
      }
      store_most(y + place, total, room);
    }
}

/// The sums of `P` pixels and `V` vectors of channels from `c` on; `room` < 16 channels for a single vector.
HEBB_INLINE void tile(const int P, const int V, long room, const struct hebb_depthwise *d, ptrdiff_t pixel, ptrdiff_t c,
                      const float *w, float *y, const struct hebb_epilogue *e) {
  v16 sum[PIXELS][VECTORS];  // of fixed sizes: arrays of variable ones would live in memory
  UNROLL for (int i = 0; i < P; i++)
    UNROLL for (int k = 0; k < V; k++) sum[i][k] = (v16){0};
  const float *x = d->x + pixel * d->x_step + c;
  const ptrdiff_t step = d->x_step;
  ptrdiff_t t = 0;
  while (t < d->taps) {
    const float *at = x + d->x_tap[t];
    if (P > 1 && are_neighbours(d, t)) {
      // The last row of taps is new to the caches: what the next tile reads of it is called for early.
      if (t + 6 > d->taps)
        UNROLL for (int i = 0; i < P; i++)
          UNROLL for (int k = 0; k < V; k++) __builtin_prefetch(at + (i + P + 2) * step + 16 * k);
      UNROLL for (int k = 0; k < V; k++) {
        const v16 first = load_most(w + d->w_tap[t] + c + 16 * k, room);
        const v16 second = load_most(w + d->w_tap[t + 1] + c + 16 * k, room);
        const v16 third = load_most(w + d->w_tap[t + 2] + c + 16 * k, room);
        UNROLL for (int i = 0; i < P + 2; i++) {
          const v16 v = load_most(at + i * step + 16 * k, room);
          if (i < P) sum[i][k] = fma16(v, first, sum[i][k]);
          if (i > 0 && i <= P) sum[i - 1][k] = fma16(v, second, sum[i - 1][k]);
          if (i > 1) sum[i - 2][k] = fma16(v, third, sum[i - 2][k]);
        }
      }
      t += 3;
    } else {
      UNROLL for (int k = 0; k < V; k++) {
        const v16 line = load_most(w + d->w_tap[t] + c + 16 * k, room);
        UNROLL for (int i = 0; i < P; i++)
          sum[i][k] = fma16(load_most(at + i * step + 16 * k, room), line, sum[i][k]);
      }
      t += 1;
    }
  }
  const ptrdiff_t place = pixel * d->y_step + c;
  if (!e) {
    finish_tile(P, V, room, sum, y + place, d->y_step, 0, 0, 0);
  } else if (e->scale || e->residual) {
    finish_tile(P, V, room, sum, y + place, d->y_step, e, room < 16 ? 0 : c, e->residual ? e->residual + place : 0);
  } else {  // bias and ReLU alone: no questions on the way
    const struct hebb_epilogue plain = {.bias = e->bias, .relu = e->relu};
    finish_tile(P, V, room, sum, y + place, d->y_step, &plain, room < 16 ? 0 : c, 0);
  }
}

/// All pixels of `V` vectors of channels.
HEBB_INLINE void column(const int V, long room, const struct hebb_depthwise *d, ptrdiff_t c, const float *w, float *y,
                        const struct hebb_epilogue *e) {
  ptrdiff_t pixel = 0;
  for (; pixel + PIXELS <= d->pixels; pixel += PIXELS) tile(PIXELS, V, room, d, pixel, c, w, y, e);
  for (; pixel + 2 <= d->pixels; pixel += 2) tile(2, V, room, d, pixel, c, w, y, e);
  for (; pixel < d->pixels; pixel++) tile(1, V, room, d, pixel, c, w, y, e);
}

/// The channels behind the last whole vector, with the epilogue's numbers in vectors that may be read as a whole.
static void last_channels(const struct hebb_depthwise *d, ptrdiff_t c, const float *w, float *y,
                          const struct hebb_epilogue *e) {
  const long room = d->channels - c;
  float scale[16], bias[16];
  struct hebb_epilogue own;
  if (e) {
    own = *e;
    if (e->scale) store(scale, load_part(e->scale + c, room, 0));
    if (e->bias) store(bias, load_part(e->bias + c, room, 0));
    own.scale = e->scale ? scale : 0;
    own.bias = e->bias ? bias : 0;
  }
  column(1, room, d, c, w, y, e ? &own : 0);
}

static void run(const struct hebb_depthwise *d, const float *w, float *y, const struct hebb_epilogue *e) {
  ptrdiff_t c = 0;
  for (; c + 16 * VECTORS <= d->channels; c += 16 * VECTORS) column(VECTORS, 16, d, c, w, y, e);
  for (; c + 16 <= d->channels; c += 16) column(1, 16, d, c, w, y, e);
  if (c < d->channels) last_channels(d, c, w, y, e);
}

/// Some taps' sums over all pixels, for sixteen channels.
HEBB_INLINE void add_taps(const int N, long room, const struct hebb_depthwise *d, ptrdiff_t t, ptrdiff_t c,
                          const float *dy, float *dw) {
  v16 sum[TAPS];
  const float *x[TAPS];
  float *target[TAPS];
  UNROLL for (int k = 0; k < N; k++) {
    x[k] = d->x + d->x_tap[t + k] + c;
    target[k] = dw + d->w_tap[t + k] + c;
    sum[k] = load_most(target[k], room);
  }
  const float *gradient = dy + c;
  ptrdiff_t at = 0;
  for (ptrdiff_t i = 0; i < d->pixels; i++, at += d->x_step, gradient += d->y_step) {
    const v16 g = load_most(gradient, room);
    UNROLL for (int k = 0; k < N; k++) sum[k] = fma16(load_most(x[k] + at, room), g, sum[k]);
  }
  UNROLL for (int k = 0; k < N; k++) store_most(target[k], sum[k], room);
}

HEBB_INLINE void add_all_taps(long room, const struct hebb_depthwise *d, ptrdiff_t c, const float *dy, float *dw) {
  ptrdiff_t t = 0;
  for (; t + TAPS <= d->taps; t += TAPS) add_taps(TAPS, room, d, t, c, dy, dw);
  for (; t + 3 <= d->taps; t += 3) add_taps(3, room, d, t, c, dy, dw);
  for (; t < d->taps; t++) add_taps(1, room, d, t, c, dy, dw);
}

static void add_weight_gradient(const struct hebb_depthwise *d, const float *dy, float *dw) {
  ptrdiff_t c = 0;
  for (; c + 16 <= d->channels; c += 16) add_all_taps(16, d, c, dy, dw);
  if (c < d->channels) add_all_taps(d->channels - c, d, c, dy, dw);
}

static void repeat(const float *x, ptrdiff_t count, ptrdiff_t times, float *y) {
  for (ptrdiff_t i = 0; i < count; i++)
    for (ptrdiff_t k = 0; k < times; k++) *y++ = x[i];
}

static void fold(const float *x, ptrdiff_t count, ptrdiff_t times, float *y) {
  for (ptrdiff_t i = 0; i < count; i++) {
    float sum = *x++;
    for (ptrdiff_t k = 1; k < times; k++) sum += *x++;
    y[i] = sum;
  }
}

const struct hebb_depthwise_kernels HEBB_NAMED(hebb_depthwise_kernels) = {
    .run = run,
    .add_weight_gradient = add_weight_gradient,
    .repeat = repeat,
    .fold = fold,
};
