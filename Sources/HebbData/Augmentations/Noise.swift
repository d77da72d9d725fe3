import HebbArrays

/// Adds noise of a normal distribution to every element.
///
/// - Shape: any → the same.
public struct Noise: Augmentation {
  /// The standard deviation, in the units of the stored inputs: pictures reach from 0 to 255.
  public let deviation: Float

  /// Noise of this standard deviation, 0 or more, in the units of the stored inputs.
  public init(deviation: Float) {
    require(deviation >= 0, "a standard deviation of \(deviation)")
    self.deviation = deviation
  }

  public func callAsFunction(_ sample: NDArray, using random: inout Philox) -> NDArray {
    sample + NDArray.normal(sample.shape, standardDeviation: Double(deviation), using: &random)
  }
}
