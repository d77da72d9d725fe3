import HebbArrays

extension Initializer {
  /// A random rotation, times a gain: the matrix of all axes but the last against the last has orthonormal columns, or
  /// rows where those are fewer.
  ///
  /// - Source: Saxe, McClelland and Ganguli 2014, arXiv:1312.6120.
  public static func orthogonal(gain: Double = 1) -> Initializer {
    Initializer { shape, _, _, random in
      let columns = shape.innermost
      let rows = shape.count / max(1, columns)
      let (length, count) = (max(rows, columns), min(rows, columns))
      let vectors = orthonormal(
        NDArray.normal([count, length], using: &random).cast(to: .float64).elements(), length: length, count: count)
      let matrix = NDArray(vectors, shape: [count, length]) * gain
      return (rows < columns ? matrix : matrix.transposed()).reshaped(shape).cast(to: .float32)
    }
  }

  /// Gram and Schmidt's method, done twice for each vector so that rounding leaves them orthogonal.
  private static func orthonormal(_ vectors: [Double], length: Int, count: Int) -> [Double] {
    var vectors = vectors
    vectors.withUnsafeMutableBufferPointer { v in
      func product(_ i: Int, _ j: Int) -> Double {
        var sum = 0.0
        for k in 0..<length { sum += v[i * length + k] * v[j * length + k] }
        return sum
      }
      for i in 0..<count {
        for _ in 0..<2 {
          for j in 0..<i {
            let part = product(i, j)
            for k in 0..<length { v[i * length + k] -= part * v[j * length + k] }
          }
        }
        let size = product(i, i).squareRoot()
        for k in 0..<length { v[i * length + k] /= size }
      }
    }
    return vectors
  }
}
