import CHebbKernels

/// How far a unit of a map is from a sample.
public enum MapDistance: String, Sendable, CaseIterable {
  /// √Σ (x − w)²
  case euclidean
  /// 1 − x·w / (‖x‖ ‖w‖ + 10⁻⁸)
  case cosine
  /// Σ |x − w|
  case manhattan
  /// max |x − w|
  case chebyshev

  /// What the kernels measure; ``finished(_:sampleNorm:unitNorm:)`` makes the distance of it.
  var metric: Int {
    switch self {
    case .euclidean: Int(HEBB_SQUARED_EUCLIDEAN.rawValue)
    case .cosine: Int(HEBB_DOT.rawValue)
    case .manhattan: Int(HEBB_MANHATTAN.rawValue)
    case .chebyshev: Int(HEBB_CHEBYSHEV.rawValue)
    }
  }

  /// The distance from what a kernel measured. The norms are needed for the cosine only.
  func finished(_ measured: Float, sampleNorm: Float, unitNorm: Float) -> Float {
    switch self {
    case .euclidean: measured.squareRoot()
    case .cosine: 1 - measured / (sampleNorm * unitNorm + 1e-8)
    case .manhattan, .chebyshev: measured
    }
  }
}
