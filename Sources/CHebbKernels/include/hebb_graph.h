// Features of nodes that go along the edges of a graph, and the gates of recurrent cells on graphs.
#ifndef HEBB_GRAPH_H
#define HEBB_GRAPH_H

#include <stddef.h>
#include <stdint.h>

/// Rows `first` to `last` of a sparse matrix times a dense one. The entries of row i stand at starts[i] to starts[i + 1] − 1:
///
///     y[i, :] = Σ values[e] · x[columns[e], :]                        where `before` is null
///     y[i, :] = 2 Σ values[e] · x[columns[e], :] − before[i, :]       else
///
/// Every element is one chain of fused multiply-adds in the order of the entries.
struct hebb_spread {
  const int32_t *starts, *columns;
  const float *values;
  ptrdiff_t first, last, width;
  const float *x, *before;
  ptrdiff_t x_row, before_row;
  float *y;
  ptrdiff_t y_row;
};

/// One step of a gated cell of `rows` nodes. Every pointer has a distance from row to row beside it.
struct hebb_graph_cell {
  ptrdiff_t rows, units;
  /// The sums r, z and n, one behind the other; afterwards what the gates let through.
  float *gates;
  ptrdiff_t gates_row;
  /// The state before the step (null: zeros).
  const float *hidden;
  ptrdiff_t hidden_row;
  /// r ⊙ h.
  float *reset;
  ptrdiff_t reset_row;
  /// The state after the step.
  float *output;
  ptrdiff_t output_row;
};

/// The way back through one step.
struct hebb_graph_cell_gradient {
  ptrdiff_t rows, units;
  const float *gates, *hidden;  // hidden null: zeros
  ptrdiff_t gates_row, hidden_row;
  /// The gradient of the step's output (null: none).
  const float *upstream;
  ptrdiff_t upstream_row;
  /// The gradient of the state after the step; afterwards the part of that before it that goes through no sum.
  float *error;
  ptrdiff_t error_row;
  /// The gradient of r ⊙ h (not read without a state), then r ⊙ h itself.
  float *reset;
  ptrdiff_t reset_row;
  /// The gradients of the sums: r and z, n.
  float *gate_deltas, *candidate_deltas;
  ptrdiff_t gate_deltas_row, candidate_deltas_row;
  /// The sums of these gradients over the rows are added: r, z, n.
  float *bias;
};

struct hebb_graph {
  void (*spread)(const struct hebb_spread *);
  /// r = σ(r), z = σ(z), and r ⊙ h.
  void (*gates)(const struct hebb_graph_cell *);
  /// n = tanh(n), h′ = z ⊙ h + (1 − z) ⊙ n.
  void (*update)(const struct hebb_graph_cell *);
  /// The gradients of n and z.
  void (*update_gradient)(const struct hebb_graph_cell_gradient *);
  /// The gradient of r, and the way from r ⊙ h to h.
  void (*gates_gradient)(const struct hebb_graph_cell_gradient *);
};

/// The kernels of an instruction set that this processor has.
const struct hebb_graph *hebb_graph_table(int isa);

#endif
