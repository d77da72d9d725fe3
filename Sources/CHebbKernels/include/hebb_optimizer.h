// Optimiser steps, in place: one pass over weights, gradients and states.
#ifndef HEBB_OPTIMIZER_H
#define HEBB_OPTIMIZER_H

/// The update rules; the formulas stand in optimizer_kernels.h.
enum hebb_optimizer_rule {
  HEBB_SGD,
  HEBB_MOMENTUM,
  HEBB_NESTEROV,
  HEBB_ADAGRAD,
  HEBB_RMSPROP,
  HEBB_RMSPROP_MOMENTUM,
  HEBB_RMSPROP_CENTERED,
  HEBB_RMSPROP_CENTERED_MOMENTUM,
  HEBB_ADADELTA,
  HEBB_ADAM,
  HEBB_NADAM,
  HEBB_LION,
  HEBB_AVERAGE,
  HEBB_OPTIMIZER_RULES
};

/// The numbers of one step. What the rules call rate, a, b … stands beside each in optimizer_kernels.h.
struct hebb_optimizer_step {
  /// The gradient is multiplied by `factor`, held within ±`bound`, then gets l2 · w + l1 · sign w.
  float factor, bound, l2, l1;
  /// The weight is multiplied by this first: 1 − rate · decay where weight decay is decoupled, else 1.
  float keep;
  float rate, a, a_rest, b, b_rest, epsilon, c, d;
};

/// One step over `count` weights; a rule uses as many of the states as it needs, the others may be null.
typedef void (*hebb_optimizer_kernel)(long count, float *_Nonnull w, const float *_Nonnull g, float *_Nullable s0,
                                      float *_Nullable s1, float *_Nullable s2,
                                      const struct hebb_optimizer_step *_Nonnull step);

/// The kernels of one instruction set.
struct hebb_optimizer {
  hebb_optimizer_kernel _Nonnull step[HEBB_OPTIMIZER_RULES];
};

/// The kernels of an instruction set that this processor has.
const struct hebb_optimizer *_Nonnull hebb_optimizer_table(int isa);
/// The kernel of a rule among them.
hebb_optimizer_kernel _Nonnull hebb_optimizer_rule_kernel(int isa, int rule);

#endif
