// Steps of networks that learn by local rules: units move towards a sample, and are measured against the next.
#ifndef HEBB_RULES_H
#define HEBB_RULES_H

/// How far a unit is from a sample.
enum hebb_metric {
  /// Σ (x − w)²
  HEBB_SQUARED_EUCLIDEAN,
  /// Σ |x − w|
  HEBB_MANHATTAN,
  /// max |x − w|
  HEBB_CHEBYSHEV,
  /// Σ x w
  HEBB_DOT,
  HEBB_METRICS
};

/// Units w[u] of `features` numbers each, one behind the other.
struct hebb_map_step {
  float *_Nonnull w;
  long features;
  /// Where the units move to, w ← w + factor · (x − w); null where they stay. A factor of zero leaves its unit alone.
  const float *_Nullable x;
  const float *_Nullable factor;
  /// What is measured when they have moved; null where nothing is. One number a unit goes to `distance`.
  const float *_Nullable next;
  float *_Nullable distance;
};

/// A step of the units from ..< to, by metric.
typedef void (*hebb_map_kernel)(const struct hebb_map_step *_Nonnull step, long from, long to);

/// The kernels of one instruction set.
struct hebb_map {
  hebb_map_kernel _Nonnull step[HEBB_METRICS];
};

/// The kernels of an instruction set that this processor has.
const struct hebb_map *_Nonnull hebb_map_table(int isa);
/// The kernel of a metric among them.
hebb_map_kernel _Nonnull hebb_map_metric_kernel(int isa, int metric);

#endif
