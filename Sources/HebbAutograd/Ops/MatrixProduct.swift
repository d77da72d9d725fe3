import HebbArrays

extension Tensor {
  /// The matrix product.
  ///
  ///     c = a b          ∂/∂a = dc bᵀ,  ∂/∂b = aᵀ dc
  ///
  /// - Shapes: `[…, m, k]` and `[k, n]`, or a stack `[…, k, n]` with equal leading axes → `[…, m, n]`; with
  ///   `transposingRight`, b is read as `[…, n, k]`.
  public func matmul(_ other: Tensor, transposingRight: Bool = false) -> Tensor {
    let (a, b) = (value, other.value)
    let (needsLeft, needsRight) = (isTracked, other.isTracked)
    return Tensor(a.matmul(b, transposingRight: transposingRight), from: self, other) { dc in
      let da = needsLeft ? dc.matmul(b, transposingRight: !transposingRight) : nil
      guard needsRight else { return [da, nil] }
      // One matrix on the right saw all rows of a stack on the left.
      let rows = b.rank == 2 ? a.reshaped([a.count / Swift.max(1, a.shape.innermost), a.shape.innermost]) : a
      let dRows = b.rank == 2 ? dc.reshaped([dc.count / Swift.max(1, dc.shape.innermost), dc.shape.innermost]) : dc
      let db = transposingRight ? dRows.matmul(rows, transposingLeft: true) : rows.matmul(dRows, transposingLeft: true)
      return [da, db]
    }
  }
}
