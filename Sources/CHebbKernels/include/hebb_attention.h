// Blocks of scaled dot-product attention between their products: softmax as the blocks come in, and the way back.
#ifndef HEBB_ATTENTION_H
#define HEBB_ATTENTION_H

#include <stddef.h>

/// The products of some queries with some keys. The first query sees the first `seen` keys, each further one `growth` more;
/// `bias` (null: zeros) is added for each key, −∞ where no query may see it.
struct hebb_attention_scores {
  ptrdiff_t rows, keys;
  ptrdiff_t seen, growth;
  const float *bias;
  /// Rows are whole vectors: floats behind `keys` up to a multiple of sixteen are written too.
  float *scores;
  ptrdiff_t row;
};

/// Queries on their way along the keys, block by block.
struct hebb_attention_progress {
  struct hebb_attention_scores block;
  int first;  // nothing has been seen yet
  /// For each query the largest score so far, and the sum of exp(score − largest).
  float *largest, *sums;
  /// The sums of values, weighted by exp(score − largest).
  float *output;
  ptrdiff_t output_row, width;
};

/// The way back through a block.
struct hebb_attention_gradient {
  struct hebb_attention_scores block;  // afterwards the weights of the values
  /// The gradients of those weights; afterwards those of the scores. Laid out as the scores.
  float *errors;
  /// For each query log Σ exp(score), and the product of its result and that result's gradient.
  const float *log_sums, *dots;
};

struct hebb_attention {
  /// Scores become weights exp(score − largest); what came before is scaled to the new largest score.
  void (*weigh)(const struct hebb_attention_progress *);
  /// y = output / sums, and log Σ exp(score); zeros for a query that saw nothing.
  void (*finish)(const struct hebb_attention_progress *, float *y, ptrdiff_t y_row, float *log_sums);
  void (*gradient)(const struct hebb_attention_gradient *);
  /// y = x · scale row by row, with zeros behind `width` up to `y_width`.
  void (*copy)(const float *x, ptrdiff_t x_row, ptrdiff_t rows, ptrdiff_t width, float scale, float *y, ptrdiff_t y_row,
               ptrdiff_t y_width);
  /// The products of the rows of x and y.
  void (*dots)(const float *x, ptrdiff_t x_row, const float *y, ptrdiff_t y_row, ptrdiff_t rows, ptrdiff_t width,
               float *dots);
};

/// The kernels of an instruction set that this processor has.
const struct hebb_attention *hebb_attention_table(int isa);

#endif
