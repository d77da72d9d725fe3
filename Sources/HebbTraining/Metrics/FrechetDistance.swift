import HebbArrays

/// How far two sets of samples lie apart, each seen as a normal distribution of its features.
///
///     d² = |μ₁ − μ₂|² + tr (Σ₁ + Σ₂ − 2 (Σ₁ Σ₂)^½)
///
/// With the features of a classifier it measures how much like real samples generated ones are: 0 for equal
/// distributions. Numbers compare only where the features are the same.
///
/// - Source: Heusel et al. 2017, arXiv:1706.08500; Dowson and Landau 1982, doi:10.1016/0047-259X(82)90077-X.
public enum FrechetDistance {
  /// d² of two sets of features, `[samples, features]`, two samples or more each.
  public static func squared(_ a: NDArray, _ b: NDArray) -> Double {
    require(
      a.rank == 2 && b.rank == 2 && a.shape[1] == b.shape[1] && a.shape[0] > 1 && b.shape[0] > 1,
      "the Fréchet distance of features \(a.shape) and \(b.shape)")
    let (first, second) = (moments(a), moments(b))
    return squared(first, second)
  }

  /// d² of two normal distributions, means and covariances (row by row) given.
  static func squared(
    _ a: (mean: [Double], covariance: SymmetricMatrix), _ b: (mean: [Double], covariance: SymmetricMatrix)
  ) -> Double {
    let apart = zip(a.mean, b.mean).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    // (Σ₁ Σ₂)^½ has the trace of (Σ₁^½ Σ₂ Σ₁^½)^½, which is symmetric.
    let root = a.covariance.squareRoot()
    let between = root.sandwiching(b.covariance)
    let trace = between.eigenvalues().reduce(0) { $0 + max($1, 0).squareRoot() }
    return max(0, apart + a.covariance.trace + b.covariance.trace - 2 * trace)
  }

  /// Means and unbiased covariances.
  static func moments(_ x: NDArray) -> (mean: [Double], covariance: SymmetricMatrix) {
    let wide = x.cast(to: .float64)
    let mean = wide.mean(axis: 0)
    let centred = wide - mean
    let products = centred.matmul(centred, transposingLeft: true)
    let factor = 1 / Double(x.shape[0] - 1)
    let values = products.elements(as: Double.self).map { $0 * factor }
    return (mean.elements(as: Double.self), SymmetricMatrix(values, size: x.shape[1]))
  }
}
