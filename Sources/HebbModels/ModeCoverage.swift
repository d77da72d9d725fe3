import HebbArrays

/// Tells whether a generator makes everything that there is, or the same few samples again and again.
///
/// Real samples are landmarks. Each sample is counted with its nearest landmark; e to the entropy of the counts is the
/// number of landmarks that are in use. The coverage is that number for generated samples as a part of that for real
/// ones: 1 for samples as diverse as the data, near 0 where the generator has collapsed to one mode.
public struct ModeCoverage: Sendable {
  private let landmarks: NDArray
  /// How many landmarks real samples use.
  public let realModes: Double

  /// - Parameters:
  ///   - landmarks: real samples `[count, …]`, a hundred or so.
  ///   - real: other real samples, ten for each landmark or more.
  public init(landmarks: NDArray, real: NDArray) {
    require(
      landmarks.rank > 1 && landmarks.shape[0] > 0 && real.shape.removing(0) == landmarks.shape.removing(0),
      "mode coverage: landmarks \(landmarks.shape) and samples \(real.shape)")
    self.landmarks = landmarks.flattened(from: 1)
    realModes = ModeCoverage.modes(real, self.landmarks)
  }

  /// How diverse samples are, as a part of the diversity of real ones.
  public func callAsFunction(_ samples: NDArray) -> Double {
    ModeCoverage.modes(samples, landmarks) / realModes
  }

  /// Below this a generator has lost most of what it should make.
  public static let collapse = 0.3

  private static func modes(_ samples: NDArray, _ landmarks: NDArray) -> Double {
    let x = samples.flattened(from: 1)
    // The nearest landmark l of x has the largest x · l − ½ |l|².
    let scores = x.matmul(landmarks, transposingRight: true) - landmarks.squared().sum(axis: 1) * 0.5
    var counts = [Double](repeating: 0, count: landmarks.shape[0])
    for place in scores.argMax(axis: 1).elements(as: Int32.self) { counts[Int(place)] += 1 }
    let total = max(1, counts.reduce(0, +))
    let entropy = counts.reduce(0) { $1 > 0 ? $0 - $1 / total * Mathematics.log($1 / total) : $0 }
    return Mathematics.exp(entropy)
  }
}
