import HebbArrays

/// How far predicted numbers are from their targets, over all elements.
///
///     MAE  = mean |ŷ − y|        MSE = mean (ŷ − y)²        RMSE = √MSE
///     R²   = 1 − Σ (ŷ − y)² / Σ (y − mean y)²
///
/// - Prediction and target: of one shape, or of as many elements.
public struct RegressionError: Metric {
  /// What is measured.
  public enum Kind: String, Sendable {
    case meanAbsolute = "MAE"
    case meanSquared = "MSE"
    case rootMeanSquared = "RMSE"
    case determination = "R²"
  }

  /// What is measured.
  public let kind: Kind
  /// Elements, Σ |error|, Σ error², the targets' mean, and Σ (y − mean)².
  public var sums: [Double] = []
  /// Five.
  public var sumCount: Int { 5 }

  /// One of the errors.
  public init(_ kind: Kind) { self.kind = kind }

  public var name: String { kind.rawValue }
  public var higherIsBetter: Bool { kind == .determination }

  public mutating func add(prediction: NDArray, target: NDArray) {
    require(
      prediction.count == target.count, "\(name): predictions \(prediction.shape) and targets \(target.shape)")
    guard target.count > 0 else { return }
    let (x, y) = (prediction.cast(to: .float64), target.cast(to: .float64))
    if sums.isEmpty { sums = [0, 0, 0, 0, 0] }
    x.read { (x: UnsafeBufferPointer<Double>) in
      y.read { (y: UnsafeBufferPointer<Double>) in
        for i in y.indices {
          let error = x[i] - y[i]
          sums[1] += error.magnitude
          sums[2] += error * error
          sums[0] += 1
          // Welford's running mean and squares.
          let distance = y[i] - sums[3]
          sums[3] += distance / sums[0]
          sums[4] += distance * (y[i] - sums[3])
        }
      }
    }
  }

  public var value: Double {
    guard !sums.isEmpty else { return .nan }
    switch kind {
    case .meanAbsolute: return sums[1] / sums[0]
    case .meanSquared: return sums[2] / sums[0]
    case .rootMeanSquared: return (sums[2] / sums[0]).squareRoot()
    case .determination: return 1 - sums[2] / sums[4]
    }
  }
}
