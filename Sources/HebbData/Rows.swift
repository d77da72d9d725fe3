import HebbArrays

extension NDArray {
  /// Some entries of the leading axis, in the given order: `[count, …]` → `[indices.count, …]`.
  package func rows(at indices: [Int]) -> NDArray { gathered(rows: NDArray(indices.map { Int32($0) })) }
}
