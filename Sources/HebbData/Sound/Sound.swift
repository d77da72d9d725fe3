import HebbArrays

/// A recording: one channel of samples, mostly within −1…1.
public struct Sound: Sendable, Hashable {
  /// The pressure of the air at even distances of time, silence being 0.
  public let samples: [Float]
  /// Samples a second.
  public let rate: Int

  /// - Precondition: the rate is positive.
  public init(_ samples: [Float], rate: Int) {
    require(rate > 0, "a sound of \(rate) samples a second")
    (self.samples, self.rate) = (samples, rate)
  }

  /// In seconds.
  public var duration: Double { Double(samples.count) / Double(rate) }
}
