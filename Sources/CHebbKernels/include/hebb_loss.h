// Softmax cross-entropy on rows of logits.
#ifndef HEBB_LOSS_H
#define HEBB_LOSS_H

/// Row r's loss is Σ tᵣ · (log Σ exp x − x) over its classes, with targets t = base + sharp · target:
/// the target is 1 at the label, or the given probabilities times `weights`.
struct hebb_cross_entropy {
  long rows, classes;
  /// Labels below 0 mark rows without a loss. Null: `probabilities` holds a row of targets for each row.
  const int *_Nullable labels;
  const float *_Nullable probabilities;
  /// The smoothing's part of each class, and the weight of each class; null: `base_all` and 1 for each.
  const float *_Nullable base, *_Nullable weights;
  float base_all;
  /// The label's or the probabilities' factor.
  float sharp;
  /// The gradient is multiplied by this.
  float scale;
};

/// The kernels of one instruction set.
struct hebb_loss {
  /// For each row: `mass` = Σ t, `denominator` = Σ exp(x − max x), `offset` = Σ t · (max x − x), so that the loss is
  /// mass · log denominator + offset; and dx = scale · (mass · softmax x − t) where dx is not null.
  void (*_Nonnull cross_entropy)(const struct hebb_cross_entropy *_Nonnull, const float *_Nonnull x,
                                 float *_Nonnull mass, float *_Nonnull denominator, float *_Nonnull offset,
                                 float *_Nullable dx);
};

/// The kernels of an instruction set that this processor has.
const struct hebb_loss *_Nonnull hebb_loss_table(int isa);

#endif
