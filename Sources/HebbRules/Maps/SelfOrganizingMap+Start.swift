import HebbArrays

extension SelfOrganizingMap {
  /// Gives every unit the place of a sample drawn at random (MiniSom's `random_weights_init`).
  public mutating func initialize(from x: NDArray, using random: inout Philox) throws(RuleError) {
    let x = try checked(x)
    let chosen = (0..<grid.count).map { _ in Int32(random.next(upperBound: UInt64(x.shape[0]))) }
    weights = x.gathered(rows: NDArray(chosen)).reshaped(weights.shape)
  }

  /// Spreads the units over the plane of the samples' two greatest variances (MiniSom's `pca_weights_init`).
  ///
  ///     w(i, j) = mean + a v₁ + b v₂,     a, b in −1 … 1 along rows and columns
  ///
  /// The sign of a direction is chosen so that its largest component is positive.
  public mutating func initializeByPrincipalComponents(of x: NDArray) throws(RuleError) {
    let x = try checked(x)
    guard features > 1 else { throw .tooFew("the map", needed: "principal components need two features or more") }
    guard x.shape[0] > 1 else { throw .tooFew("the map", needed: "principal components need two samples or more") }
    let (mean, vectors) = PrincipalComponents.leading(2, of: x)
    let (rows, columns, count) = (grid.rows, grid.columns, features)
    weights = NDArray(shape: weights.shape) { (w: UnsafeMutableBufferPointer<Float>) in
      let along = { (index: Int, extent: Int) in extent == 1 ? -1 : -1 + 2 * Double(index) / Double(extent - 1) }
      for unit in 0..<rows * columns {
        let (a, b) = (along(unit / columns, rows), along(unit % columns, columns))
        for f in 0..<count { w[unit * count + f] = Float(mean[f] + a * vectors[0][f] + b * vectors[1][f]) }
      }
    }
  }
}

/// The directions of the greatest variance.
enum PrincipalComponents {
  /// Mean and leading unit eigenvectors of the covariance, by orthogonal iteration in float64.
  static func leading(_ count: Int, of x: NDArray) -> (mean: [Double], vectors: [[Double]]) {
    let (rows, width) = (x.shape[0], x.shape[1])
    let wide = x.cast(to: .float64)
    let mean = wide.mean(axis: 0)
    let centered = (wide - mean).cast(to: .float32)
    let covariance = centered.matmul(centered, transposingLeft: true).cast(to: .float64)
    let scale = 1 / Double(max(rows - 1, 1))
    var random = Philox(seed: 0x9CA)
    var basis = (0..<min(count, width)).map { _ in (0..<width).map { _ in Double.random(in: -1...1, using: &random) } }
    covariance.read { (c: UnsafeBufferPointer<Double>) in
      orthonormalize(&basis)
      for _ in 0..<300 {
        let before = basis
        for k in basis.indices {
          basis[k] = (0..<width).map { i in
            var sum = 0.0
            for j in 0..<width { sum += c[i * width + j] * before[k][j] }
            return sum * scale
          }
        }
        orthonormalize(&basis)
        if zip(basis, before).allSatisfy({ 1 - abs(dot($0, $1)) < 1e-15 }) { break }
      }
    }
    for k in basis.indices {
      let top = basis[k].max { abs($0) < abs($1) } ?? 0
      if top < 0 { basis[k] = basis[k].map { -$0 } }
    }
    while basis.count < count { basis.append([Double](repeating: 0, count: width)) }
    return (mean.elements(), basis)
  }

  /// Gram and Schmidt; a direction in which nothing varies becomes zero.
  private static func orthonormalize(_ basis: inout [[Double]]) {
    for k in basis.indices {
      for earlier in 0..<k {
        let part = dot(basis[k], basis[earlier])
        for i in basis[k].indices { basis[k][i] -= part * basis[earlier][i] }
      }
      let norm = dot(basis[k], basis[k]).squareRoot()
      basis[k] = basis[k].map { norm > 1e-150 ? $0 / norm : 0 }
    }
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
}
