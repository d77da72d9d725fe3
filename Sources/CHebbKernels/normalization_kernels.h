// Normalisation. Channel sums keep their lanes in registers over four vectors of channels at a time.
#include "vector_kernels.h"

#include "hebb_normalization.h"

/// Rows whose sums are one chain. Their mean is exact enough to measure deviations from; blocks are then joined.
#define BLOCK 256

/// The moments of `parts` vectors of channels.
HEBB_INLINE void moments_of(int parts, long rows, long pitch, const float *x, float *mean_out, float *deviation_out) {
  v16 mean[4], deviation[4];
  for (int k = 0; k < parts; k++) mean[k] = deviation[k] = (v16){0};
  for (long start = 0; start < rows; start += BLOCK) {
    long count = rows - start < BLOCK ? rows - start : BLOCK;
    const float *block = x + start * pitch;
    v16 sum[4], square[4], first[4];
    for (int k = 0; k < parts; k++) {
      sum[k] = square[k] = (v16){0};
      first[k] = load(block + 16 * k);
    }
    // Sums of differences from the first row: far from zero, plain sums would round at the size of the mean.
    for (long row = 1; row < count; row++)
      for (int k = 0; k < parts; k++) sum[k] += load(block + row * pitch + 16 * k) - first[k];
    for (int k = 0; k < parts; k++) sum[k] = first[k] + sum[k] / (float)count;
    for (long row = 0; row < count; row++)
      for (int k = 0; k < parts; k++) {
        v16 d = load(block + row * pitch + 16 * k) - sum[k];
        square[k] = fma16(d, d, square[k]);
      }
    // Chan, Golub and LeVeque 1979: joins (start rows, mean, deviation) and (count rows, sum, square).
    float share = (float)count / (float)(start + count), weight = share * (float)start;
    for (int k = 0; k < parts; k++) {
      v16 d = sum[k] - mean[k];
      mean[k] = fma16(d, all(share), mean[k]);
      deviation[k] += fma16(d * d, all(weight), square[k]);
    }
  }
  for (int k = 0; k < parts; k++) {
    store(mean_out + 16 * k, mean[k]);
    store(deviation_out + 16 * k, deviation[k]);
  }
}

static void run_moments(long rows, long pitch, long width, const float *x, float *mean, float *deviation) {
  long c = 0;
  for (; c + 64 <= width; c += 64) moments_of(4, rows, pitch, x + c, mean + c, deviation + c);
  for (; c < width; c += 16) moments_of(1, rows, pitch, x + c, mean + c, deviation + c);
}

/// dy where y is above zero, or everywhere if nothing was rectified.
HEBB_INLINE v16 passed(v16 centered, v16 dy, v16 scale, v16 shift, int rectified) {
  if (!rectified) return dy;
  v16 y = fma16(centered, scale, shift);
  return only(y > 0.0f, dy);
}

HEBB_INLINE void sums_of(int parts, int rectified, long rows, long pitch, const float *x, const float *dy,
                         const struct hebb_affine *f, long c, float *sum_out, float *product_out) {
  v16 mean[4], scale[4], shift[4], sum[4], product[4];
  for (int k = 0; k < parts; k++) {
    mean[k] = load(f->mean + c + 16 * k);
    scale[k] = load(f->scale + c + 16 * k);
    shift[k] = load(f->shift + c + 16 * k);
    sum[k] = product[k] = (v16){0};
  }
  for (long row = 0; row < rows; row++)
    for (int k = 0; k < parts; k++) {
      long at = row * pitch + c + 16 * k;
      v16 centered = load(x + at) - mean[k];
      v16 g = passed(centered, load(dy + at), scale[k], shift[k], rectified);
      sum[k] += g;
      product[k] = fma16(g, centered, product[k]);
    }
  for (int k = 0; k < parts; k++) {
    store(sum_out + c + 16 * k, sum[k]);
    store(product_out + c + 16 * k, product[k]);
  }
}

static void run_gradient_sums(long rows, long pitch, long width, const float *x, const float *dy,
                              const struct hebb_affine *f, float *sum, float *product) {
  long c = 0;
  for (; c + 64 <= width; c += 64) {
    if (f->rectified) sums_of(4, 1, rows, pitch, x, dy, f, c, sum, product);
    else sums_of(4, 0, rows, pitch, x, dy, f, c, sum, product);
  }
  for (; c < width; c += 16) sums_of(1, f->rectified, rows, pitch, x, dy, f, c, sum, product);
}

static void run_apply(long count, long width, const float *x, const struct hebb_affine *f, float *y) {
  v16 floor = all(f->rectified ? 0 : -__builtin_inff());
  for (long row = 0; row < count; row += width)
    for (long c = 0; c < width && row + c < count; c += 16) {
      long room = count - row - c;
      v16 v = fma16(load_most(x + row + c, room) - load(f->mean + c), load(f->scale + c), load(f->shift + c));
      store_most(y + row + c, pick(v < floor, floor, v), room);
    }
}

static void run_gradient(long count, long width, const float *x, const float *dy, const struct hebb_affine *f,
                         const float *a, const float *b, float *dx) {
  for (long row = 0; row < count; row += width)
    for (long c = 0; c < width && row + c < count; c += 16) {
      long at = row + c, room = count - at;
      v16 scale = load(f->scale + c);
      v16 centered = load_most(x + at, room) - load(f->mean + c);
      v16 g = passed(centered, load_most(dy + at, room), scale, load(f->shift + c), f->rectified);
      store_most(dx + at, fma16(scale, g, -fma16(centered, load(b + c), load(a + c))), room);
    }
}

/// A sum over a row is a chain per lane over 4,096 floats at most; the chains' sums are added in order.
#define CHAIN 4096

HEBB_INLINE float row_sum(const float *x, long width) {
  float total = 0;
  for (long start = 0; start < width; start += CHAIN) {
    long end = width - start < CHAIN ? width : start + CHAIN;
    v16 sum = {0};
    for (long c = start; c < end; c += 16) sum += load_most(x + c, end - c);
    total += sum_lanes(sum);
  }
  return total;
}

HEBB_INLINE float row_deviation(const float *x, long width, float mean) {
  float total = 0;
  for (long start = 0; start < width; start += CHAIN) {
    long end = width - start < CHAIN ? width : start + CHAIN;
    v16 sum = {0};
    for (long c = start; c < end; c += 16) {
      v16 d = load_most(x + c, end - c) - mean;
      d = only(first_lanes(end - c), d);
      sum = fma16(d, d, sum);
    }
    total += sum_lanes(sum);
  }
  return total;
}

HEBB_INLINE v16 gain_at(const struct hebb_row_norm *n, long c) {
  return n->gain ? load_most(n->gain + c, n->width - c) : all(1);
}

static void run_rows(const struct hebb_row_norm *n, const float *x, float *y, float *mean, float *inverse) {
  long width = n->width;
  for (long row = 0; row < n->rows; row++, x += width, y += width) {
    float centre = row_sum(x, width) / (float)width;
    float variance = row_deviation(x, width, centre) / (float)width;
    float factor = 1 / __builtin_elementwise_sqrt(variance + n->epsilon);
    mean[row] = centre;
    inverse[row] = factor;
    for (long c = 0; c < width; c += 16) {
      v16 normal = (load_most(x + c, width - c) - centre) * factor;
      v16 shift = n->shift ? load_most(n->shift + c, width - c) : (v16){0};
      store_most(y + c, fma16(normal, gain_at(n, c), shift), width - c);
    }
  }
}

static void run_rows_gradient(const struct hebb_row_norm *n, const float *x, const float *dy, const float *mean,
                              const float *inverse, float *dx, float *gain, float *shift) {
  long width = n->width;
  for (long row = 0; row < n->rows; row++, x += width, dy += width, dx += width) {
    float sum = 0, product = 0;
    for (long start = 0; start < width; start += CHAIN) {
      long end = width - start < CHAIN ? width : start + CHAIN;
      v16 sums = {0}, products = {0};
      for (long c = start; c < end; c += 16) {
        v16 normal = (load_most(x + c, end - c) - mean[row]) * inverse[row], g = load_most(dy + c, end - c);
        store_most(gain + c, fma16(g, normal, load_most(gain + c, end - c)), end - c);
        store_most(shift + c, load_most(shift + c, end - c) + g, end - c);
        v16 scaled = g * gain_at(n, c);
        sums += scaled;
        products = fma16(scaled, normal, products);
      }
      sum += sum_lanes(sums);
      product += sum_lanes(products);
    }
    sum /= (float)width;
    product /= (float)width;
    for (long c = 0; c < width; c += 16) {
      v16 normal = (load_most(x + c, width - c) - mean[row]) * inverse[row];
      v16 scaled = load_most(dy + c, width - c) * gain_at(n, c);
      store_most(dx + c, (scaled - fma16(normal, all(product), all(sum))) * inverse[row], width - c);
    }
  }
}

const struct hebb_normalization HEBB_NAMED(hebb_normalization) = {
    .moments = run_moments,
    .gradient_sums = run_gradient_sums,
    .apply = run_apply,
    .gradient = run_gradient,
    .rows = run_rows,
    .rows_gradient = run_rows_gradient,
};
