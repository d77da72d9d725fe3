import HebbArrays

/// A symmetric matrix of Double, with its eigenvalues and its root by Jacobi's rotations: for sizes up to a few hundred.
struct SymmetricMatrix {
  private(set) var values: [Double]
  let size: Int

  /// - Parameter values: row by row.
  init(_ values: [Double], size: Int) {
    require(values.count == size * size, "\(values.count) numbers are no matrix of \(size) × \(size)")
    (self.values, self.size) = (values, size)
  }

  var trace: Double { (0..<size).reduce(0) { $0 + values[$1 * size + $1] } }

  func eigenvalues() -> [Double] {
    var matrix = self
    _ = matrix.diagonalize(keepingVectors: false)
    return (0..<size).map { matrix.values[$0 * size + $0] }
  }

  /// The symmetric matrix whose square this one is; negative eigenvalues, which rounding makes, count as 0.
  func squareRoot() -> SymmetricMatrix {
    var matrix = self
    let vectors = matrix.diagonalize(keepingVectors: true)
    let roots = (0..<size).map { max(matrix.values[$0 * size + $0], 0).squareRoot() }
    var root = [Double](repeating: 0, count: size * size)
    for i in 0..<size {
      for j in 0...i {
        var sum = 0.0
        // Rows of `vectors` are eigenvectors.
        for k in 0..<size { sum += roots[k] * vectors[k * size + i] * vectors[k * size + j] }
        root[i * size + j] = sum
        root[j * size + i] = sum
      }
    }
    return SymmetricMatrix(root, size: size)
  }

  /// This matrix times another times this one.
  func sandwiching(_ other: SymmetricMatrix) -> SymmetricMatrix {
    let (a, b) = (NDArray(values, shape: [size, size]), NDArray(other.values, shape: [size, size]))
    let product = a.matmul(b).matmul(a)
    // Rounding leaves the two halves a little apart.
    let even = (product + product.transposed()) * 0.5
    return SymmetricMatrix(even.elements(as: Double.self), size: size)
  }

  /// Turns the matrix until nothing is left beside the diagonal.
  ///
  /// - Returns: the eigenvectors as rows.
  /// - Source: Golub and Van Loan 2013, "Matrix computations", section 8.5, the cyclic method.
  private mutating func diagonalize(keepingVectors: Bool) -> [Double] {
    let n = size
    var vectors = [Double](repeating: 0, count: keepingVectors ? n * n : 0)
    if keepingVectors { for i in 0..<n { vectors[i * n + i] = 1 } }
    let scale = values.reduce(0) { $0 + $1 * $1 }
    for _ in 0..<60 {
      var beside = 0.0
      for i in 0..<n { for j in 0..<i { beside += values[i * n + j] * values[i * n + j] } }
      guard beside > scale * 1e-30 else { break }
      for p in 0..<n {
        for q in p + 1..<max(n, p + 1) where values[p * n + q] != 0 { rotate(p, q, &vectors) }
      }
    }
    return vectors
  }

  /// Makes the element of row p and column q zero.
  private mutating func rotate(_ p: Int, _ q: Int, _ vectors: inout [Double]) {
    let n = size
    let tau = (values[q * n + q] - values[p * n + p]) / (2 * values[p * n + q])
    let t = (tau < 0 ? -1.0 : 1.0) / (tau.magnitude + (1 + tau * tau).squareRoot())
    let c = 1 / (1 + t * t).squareRoot()
    let s = t * c
    for k in 0..<n {
      let (x, y) = (values[p * n + k], values[q * n + k])
      values[p * n + k] = c * x - s * y
      values[q * n + k] = s * x + c * y
    }
    for k in 0..<n {
      let (x, y) = (values[k * n + p], values[k * n + q])
      values[k * n + p] = c * x - s * y
      values[k * n + q] = s * x + c * y
    }
    guard !vectors.isEmpty else { return }
    for k in 0..<n {
      let (x, y) = (vectors[p * n + k], vectors[q * n + k])
      vectors[p * n + k] = c * x - s * y
      vectors[q * n + k] = s * x + c * y
    }
  }
}
