import HebbArrays

/// Brings features to 0 … 1, where adaptive resonance works.
///
///     y = (x − low) / (high − low), held within 0 and 1; ½ where a feature never changes
public struct UnitScaling: Sendable {
  /// What becomes 0, for each feature.
  public let low: [Float]
  /// What becomes 1, for each feature.
  public let high: [Float]

  /// The range of each feature of samples `[count, features]`.
  public init(fitting x: NDArray) throws(RuleError) {
    let x = try RuleSamples.checked(x, "the scaling")
    low = x.min(axes: [0]).elements()
    high = x.max(axes: [0]).elements()
  }

  /// The range of each feature; no low end above its high end.
  public init(low: [Float], high: [Float]) {
    require(low.count == high.count && zip(low, high).allSatisfy { $0 <= $1 }, "a low end above its high end")
    (self.low, self.high) = (low, high)
  }

  /// Samples `[count, features]` in 0 … 1.
  public func callAsFunction(_ x: NDArray) throws(RuleError) -> NDArray {
    let x = try RuleSamples.checked(x, "the scaling", features: low.count)
    return x.read { (x: UnsafeBufferPointer<Float>) in
      NDArray(shape: [x.count / low.count, low.count]) { (y: UnsafeMutableBufferPointer<Float>) in
        for i in x.indices {
          let (from, to) = (low[i % low.count], high[i % low.count])
          y[i] = from < to ? min(max((x[i] - from) / (to - from), 0), 1) : 0.5
        }
      }
    }
  }
}
