import HebbArrays

extension Sound {
  /// The same sound at another rate.
  ///
  ///     y[m] = Σ x[n] h(m · rate / target − n),  h(t) = c sinc(c t) · (½ + ½ cos(π t c / 16)),  c = min(1, target / rate)
  ///
  /// Frequencies that the new rate cannot hold are filtered out: a sinc of sixteen zeros on each side under Hann's window.
  /// A sound of n samples becomes one of ⌈n · target / rate⌉.
  public func resampled(to target: Int) -> Sound {
    require(target > 0, "a sound of \(target) samples a second")
    guard target != rate, !samples.isEmpty else { return Sound(samples, rate: target) }
    let (whole, rest) = samples.count.quotientAndRemainder(dividingBy: rate)
    let count = whole * target + (rest * target + rate - 1) / rate
    // The places of the new samples between the old ones repeat themselves.
    let phases = Sound.phases(min(target / Sound.divisor(rate, target), count), from: rate, to: target)
    let reach = phases[0].count / 2
    let resampled = (0..<count).map { m -> Float in
      let weights = phases[m % phases.count]
      let first = m / target * rate + m % target * rate / target - reach + 1
      var sum = 0.0
      for k in max(0, -first)..<max(0, -first, min(weights.count, samples.count - first)) {
        sum += weights[k] * Double(samples[first + k])
      }
      return Float(sum)
    }
    return Sound(resampled, rate: target)
  }

  /// The weights of the old samples around a new one, for each place that it may have between them.
  private static func phases(_ count: Int, from rate: Int, to target: Int) -> [[Double]] {
    let cutoff = min(1, Double(target) / Double(rate))
    let zeros = 16.0
    let reach = Int((zeros / cutoff).rounded(.up))
    return (0..<count).map { m in
      let place = Double(m % target * rate % target) / Double(target)
      return (0..<2 * reach).map { k in
        let t = (place - Double(k - reach + 1)) * cutoff
        guard abs(t) < zeros else { return 0 }
        let wave = t == 0 ? 1 : Mathematics.sin(.pi * t) / (.pi * t)
        return cutoff * wave * (0.5 + 0.5 * Mathematics.cos(.pi * t / zeros))
      }
    }
  }

  private static func divisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : divisor(b, a % b) }
}
