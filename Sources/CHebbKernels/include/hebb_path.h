// Sums over all paths through time, forwards and backwards, in logarithms: what CTC and conditional random fields learn from.
#ifndef HEBB_PATH_H
#define HEBB_PATH_H

#include <stddef.h>
#include <stdint.h>

/// The logarithm of what is impossible: finite, so that differences of two of them are numbers.
#define HEBB_LOG_ZERO (-1e30f)

/// Floats from step to step of a walk over `states`: whole vectors, with a vector of room at either side.
static inline ptrdiff_t hebb_path_pitch(ptrdiff_t states) { return (states + 15) / 16 * 16 + 32; }

/// One sequence of CTC. Its states are the labels with blanks around each of them.
struct hebb_ctc {
  ptrdiff_t steps, classes, states;
  const int32_t *labels;  // one a state
  /// For each state 0, or HEBB_LOG_ZERO where it cannot be reached from two states before; sixteen more behind them.
  const float *skips;
  /// (2 · steps + 2) · pitch floats, and as many doubles as there are steps.
  float *work;
  double *offsets;
};

/// One sequence of a linear-chain conditional random field.
struct hebb_crf {
  ptrdiff_t steps, tags;
  /// From tag (row) to tag, and the other way round, each row a pitch of `hebb_path_pitch`, HEBB_LOG_ZERO behind its tags.
  const float *transitions, *turned;
  /// Of the first and the last tag.
  const float *start, *end;
  /// (steps + 3) · pitch floats, and as many doubles as there are steps.
  float *work;
  double *offsets;
};

struct hebb_path {
  /// −log of the probability of all paths that give the labels, for logits x of `classes` a step; and its gradient, where
  /// wanted: softmax x − the probability of being at a label.
  double (*ctc)(const struct hebb_ctc *, const float *x, float *gradient);
  /// log Σ exp of the scores of all paths through emissions x, and where wanted the probability of each tag at each step
  /// (laid out as x) and of each transition, summed over the steps (`tags` rows of a pitch, added to).
  double (*crf)(const struct hebb_crf *, const float *x, float *marginals, float *pairs);
};

/// The kernels of an instruction set that this processor has.
const struct hebb_path *hebb_path_table(int isa);

#endif
