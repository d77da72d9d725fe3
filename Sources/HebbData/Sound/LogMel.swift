import HebbArrays

/// What an ear makes of a sound, as networks read it: how loud each of some bands of frequencies is, frame by frame.
///
///     frame t      samples t·hop … t·hop + window − 1, times Hann's window ½ − ½ cos(2πn / window)
///     power        |X[k]|² of the frame
///     band b       Σ over k of triangle_b(k · rate / window) · |X[k]|²
///     result       log(max(band, floor))
///
/// The triangles' corners are spread evenly over mel = 2595 log₁₀(1 + frequency / 700), between `low` and `high`; a triangle is
/// 1 at its middle, and 0 at the middles of its neighbours. The last frame is filled up with zeros.
///
/// - Source: Davis and Mermelstein 1980, doi:10.1109/TASSP.1980.1163420; the mel scale as in HTK: O'Shaughnessy 1987.
public struct LogMel: Sendable {
  /// Samples a second.
  public let rate: Int
  /// Samples of a frame, a power of two.
  public let window: Int
  /// Samples from frame to frame.
  public let hop: Int
  /// How many bands of frequencies there are.
  public let bands: Int
  /// The power below which nothing is told apart; samples are taken to lie within −1…1.
  public let floor: Double
  private let transform: FourierTransform
  private let hann: [Double]
  /// For each band the first frequency of its triangle, and the weights from there on.
  private let triangles: [(first: Int, weights: [Double])]

  /// A transform for sounds of one rate.
  ///
  /// - Parameters:
  ///   - rate: samples a second.
  ///   - window: samples in a window, a power of two.
  ///   - hop: samples from one window to the next.
  ///   - bands: how many bands there are.
  ///   - low: where the first begins, in Hz.
  ///   - high: where the last ends, at most half of the rate.
  ///   - floor: the power below which nothing is told apart.
  public init(
    rate: Int, window: Int, hop: Int, bands: Int, low: Double, high: Double, floor: Double = 1e-6
  ) {
    require(rate > 0 && hop > 0 && bands > 0, "LogMel: \(bands) bands, a hop of \(hop) at \(rate) samples a second")
    require(
      low >= 0 && low < high && high <= Double(rate) / 2 && floor > 0,
      "LogMel: \(low) to \(high) Hz at \(rate) samples a second, the floor \(floor)")
    (self.rate, self.window, self.hop, self.bands, self.floor) = (rate, window, hop, bands, floor)
    transform = FourierTransform(window)
    hann = (0..<window).map { 0.5 - 0.5 * Mathematics.cos(2 * .pi * Double($0) / Double(window)) }
    let ends = (LogMel.mel(low), LogMel.mel(high))
    let corners = (0..<bands + 2).map { corner in
      LogMel.frequency(ends.0 + (ends.1 - ends.0) * Double(corner) / Double(bands + 1))
    }
    triangles = (0..<bands).map { band in
      let (left, middle, right) = (corners[band], corners[band + 1], corners[band + 2])
      let weights = (0...window / 2).map { bin -> Double in
        let frequency = Double(bin) * Double(rate) / Double(window)
        return max(0, min((frequency - left) / (middle - left), (right - frequency) / (right - middle)))
      }
      let first = weights.firstIndex { $0 > 0 } ?? 0
      let last = weights.lastIndex { $0 > 0 } ?? -1
      return (first, first <= last ? Array(weights[first...last]) : [])
    }
  }

  /// For speech at 8,000 samples a second: frames of 32 ms every 10 ms, 40 bands from 60 to 4,000 Hz.
  public static let speech = LogMel(rate: 8000, window: 256, hop: 80, bands: 40, low: 60, high: 4000)

  /// How many frames a sound of so many samples has: none where there is no sample.
  public func frames(_ samples: Int) -> Int {
    samples == 0 ? 0 : samples <= window ? 1 : (samples - window + hop - 1) / hop + 1
  }

  /// The second in which the middle of a frame lies.
  public func time(ofFrame frame: Double) -> Double { (frame * Double(hop) + Double(window) / 2) / Double(rate) }

  /// - Parameter samples: of ``rate``, within −1…1.
  /// - Returns: `float32` `[frames, bands]`.
  public func callAsFunction(_ samples: [Float]) -> NDArray {
    let frames = frames(samples.count)
    let powers = NDArray(shape: [frames, bands]) { (out: UnsafeMutableBufferPointer<Float>) in
      var frame = [Double](repeating: 0, count: window)
      for t in 0..<frames {
        for n in 0..<window {
          let place = t * hop + n
          frame[n] = place < samples.count ? Double(samples[place]) * hann[n] : 0
        }
        let spectrum = transform.powers(frame)
        for (band, triangle) in triangles.enumerated() {
          var sum = 0.0
          for (k, weight) in triangle.weights.enumerated() { sum += weight * spectrum[triangle.first + k] }
          out[t * bands + band] = Float(max(sum, floor))
        }
      }
    }
    return powers.log()
  }

  private static func mel(_ frequency: Double) -> Double {
    2595 * Mathematics.log(1 + frequency / 700) / Mathematics.log(10)
  }

  private static func frequency(_ mel: Double) -> Double {
    700 * (Mathematics.exp(mel / 2595 * Mathematics.log(10)) - 1)
  }
}
