import HebbArrays

extension NDArray {
  /// Some entries of the leading axis, in the given order: `[count, …]` → `[indices.count, …]`.
  package func rows(at indices: [Int]) -> NDArray {
    switch dtype {
    case .float32: rows(Float.self, at: indices)
    case .float64: rows(Double.self, at: indices)
    case .int32: rows(Int32.self, at: indices)
    case .uint8: rows(UInt8.self, at: indices)
    }
  }

  private func rows<T: Scalar>(_: T.Type, at indices: [Int]) -> NDArray {
    precondition(rank > 0, "a single number has no rows")
    let available = shape[0]
    let width = available == 0 ? 0 : count / available
    return read { (source: UnsafeBufferPointer<T>) in
      NDArray(shape: shape.replacing(0, with: indices.count)) { (out: UnsafeMutableBufferPointer<T>) in
        for (row, index) in indices.enumerated() {
          precondition(index >= 0 && index < available, "row \(index) is outside of an array of shape \(shape)")
          let from = UnsafeBufferPointer(rebasing: source[index * width..<(index + 1) * width])
          _ = UnsafeMutableBufferPointer(rebasing: out[row * width..<(row + 1) * width]).update(fromContentsOf: from)
        }
      }
    }
  }
}

extension NDArray {
  /// The same elements in another shape of as many.
  package func withShape(_ shape: Shape) -> NDArray {
    switch dtype {
    case .float32: read { (x: UnsafeBufferPointer<Float>) in NDArray(x, shape: shape) }
    case .float64: read { (x: UnsafeBufferPointer<Double>) in NDArray(x, shape: shape) }
    case .int32: read { (x: UnsafeBufferPointer<Int32>) in NDArray(x, shape: shape) }
    case .uint8: read { (x: UnsafeBufferPointer<UInt8>) in NDArray(x, shape: shape) }
    }
  }
}
