// Attention between its products: sixteen keys at a time, query after query.
#include "math_kernels.h"

#include "hebb_attention.h"

#define NOTHING (-__builtin_inff())

/// How many keys of the block a query sees.
HEBB_INLINE ptrdiff_t keys_seen(const struct hebb_attention_scores *b, ptrdiff_t row) {
  const ptrdiff_t seen = b->seen + row * b->growth;
  return seen < 0 ? 0 : seen < b->keys ? seen : b->keys;
}

/// Sixteen scores from key `j` on; −∞ for those behind `seen`.
HEBB_INLINE v16 scores_at(const struct hebb_attention_scores *b, const float *scores, ptrdiff_t j, ptrdiff_t seen) {
  v16 x = load(scores + j);
  if (b->bias) x = x + load_most(b->bias + j, b->keys - j);
  return seen - j >= 16 ? x : pick(first_lanes(seen - j), x, all(NOTHING));
}

static void weigh(const struct hebb_attention_progress *p) {
  const struct hebb_attention_scores *b = &p->block;
  for (ptrdiff_t row = 0; row < b->rows; row++) {
    float *scores = b->scores + row * b->row;
    const ptrdiff_t seen = keys_seen(b, row);
    const float before = p->first ? NOTHING : p->largest[row];
    v16 top = all(before);
    ptrdiff_t j = 0;
    for (; j < seen; j += 16) {
      v16 x = scores_at(b, scores, j, seen);
      store(scores + j, x);
      top = larger(top, x);
    }
    const float largest = largest_lane(top);
    const v16 base = all(largest == NOTHING ? 0 : largest);
    v16 sum = all(0);
    for (j = 0; j < seen; j += 16) {
      v16 weight = exp_negative16(load(scores + j) - base);
      store(scores + j, weight);
      sum = sum + weight;
    }
    for (; j < b->keys; j += 16) store(scores + j, all(0));
    const float total = sum_lanes(sum);
    p->largest[row] = largest;
    if (p->first) {
      p->sums[row] = total;
      continue;
    }
    const v16 shrink = exp_negative16(all(before) - base);
    p->sums[row] = __builtin_elementwise_fma(p->sums[row], shrink[0], total);
    float *output = p->output + row * p->output_row;
    for (ptrdiff_t i = 0; i < p->width; i += 16)
      store_most(output + i, load_most(output + i, p->width - i) * shrink, p->width - i);
  }
}

static void finish_attention(const struct hebb_attention_progress *p, float *y, ptrdiff_t y_row, float *log_sums) {
  for (ptrdiff_t row = 0; row < p->block.rows; row++) {
    const float sum = p->sums[row];
    const float *output = p->output + row * p->output_row;
    for (ptrdiff_t i = 0; i < p->width; i += 16)
      store_most(y + row * y_row + i, sum == 0 ? all(0) : load_most(output + i, p->width - i) / sum, p->width - i);
    if (log_sums) log_sums[row] = sum == 0 ? 0 : p->largest[row] + log16(all(sum))[0];
  }
}

static void gradient_of_scores(const struct hebb_attention_gradient *g) {
  const struct hebb_attention_scores *b = &g->block;
  for (ptrdiff_t row = 0; row < b->rows; row++) {
    float *scores = b->scores + row * b->row, *errors = g->errors + row * b->row;
    const ptrdiff_t seen = keys_seen(b, row);
    const v16 log_sum = all(g->log_sums[row]), dot = all(g->dots[row]);
    ptrdiff_t j = 0;
    for (; j < seen; j += 16) {
      v16 weight = exp_negative16(scores_at(b, scores, j, seen) - log_sum);
      store(scores + j, weight);
      store(errors + j, weight * (load(errors + j) - dot));
    }
    for (; j < b->keys; j += 16) {
      store(scores + j, all(0));
      store(errors + j, all(0));
    }
  }
}

static void copy_rows(const float *x, ptrdiff_t x_row, ptrdiff_t rows, ptrdiff_t width, float scale, float *y,
                      ptrdiff_t y_row, ptrdiff_t y_width) {
  for (ptrdiff_t row = 0; row < rows; row++)
    for (ptrdiff_t i = 0; i < y_width; i += 16) {
      v16 part = i < width ? load_most(x + row * x_row + i, width - i) : all(0);
      store_most(y + row * y_row + i, part * scale, y_width - i);
    }
}

static void dots_of_rows(const float *x, ptrdiff_t x_row, const float *y, ptrdiff_t y_row, ptrdiff_t rows,
                         ptrdiff_t width, float *dots) {
  for (ptrdiff_t row = 0; row < rows; row++) {
    v16 sum = all(0);
    for (ptrdiff_t i = 0; i < width; i += 16)
      sum = fma16(load_most(x + row * x_row + i, width - i), load_most(y + row * y_row + i, width - i), sum);
    dots[row] = sum_lanes(sum);
  }
}

const struct hebb_attention HEBB_NAMED(hebb_attention) = {
    .weigh = weigh,
    .finish = finish_attention,
    .gradient = gradient_of_scores,
    .copy = copy_rows,
    .dots = dots_of_rows,
};
