import HebbArrays

extension Tensor {
  /// The product of a sparse matrix with this one: what the edges of a graph bring to each node.
  ///
  ///     y = A x          ∂/∂x = Aᵀ dy
  ///
  /// - Shape: `[…, nodes, features]` → the same for a graph, `[…, rows, features]` in general.
  public func multiplied(onLeft matrix: SparseMatrix) -> Tensor {
    Tensor(matrix.multiplied(by: value), from: self) { dy in [matrix.transposed.multiplied(by: dy)] }
  }
}
