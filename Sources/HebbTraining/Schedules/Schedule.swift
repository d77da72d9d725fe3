import HebbArrays

/// How the learning rate changes over a run: a pure function of the step, which a resumed run need not remember.
///
///     trainer.schedule = .warmUp(.steps(500), then: .cosine())
///
/// A schedule gives a factor of the optimiser's learning rate.
public indirect enum Schedule: Sendable, Hashable {
  /// A factor of 1 in every step.
  case constant
  /// Multiplies the rate by `factor` every so often.
  case step(every: Length, factor: Double)
  /// Multiplies the rate by `factor` at each of these.
  case multiStep([Length], factor: Double)
  /// Multiplies the rate by `factor` once an epoch: factorᵉ.
  case exponential(factor: Double)
  /// Falls as half a cosine wave from 1 to `to` over `over`, or over what is left of the run.
  ///
  ///     to + ½ (1 − to) (1 + cos(π t / T))
  ///
  /// With restarts it jumps back to 1 after each period, which is `periodFactor` times as long as the one before.
  ///
  /// - Source: Loshchilov and Hutter 2017, arXiv:1608.03983.
  case cosine(to: Double = 0, over: Length? = nil, restarts: Bool = false, periodFactor: Double = 1)
  /// Rises in a straight line from `from` to 1, then follows another schedule, which begins there.
  case warmUp(Length, from: Double = 0, then: Schedule = .constant)
  /// Rises from 1/`start` to 1 over the first `rise` of the run, then falls to 1/(`start` · `end`), both as half a
  /// cosine wave.
  ///
  /// - Source: Smith and Topin 2018, arXiv:1708.07120; PyTorch's `OneCycleLR`.
  case oneCycle(rise: Double = 0.3, start: Double = 25, end: Double = 1e4)

  /// A stretch of a run.
  public enum Length: Sendable, Hashable {
    /// Steps of the weights.
    case steps(Int)
    /// Epochs, or parts of one.
    case epochs(Double)

    func steps(_ stepsPerEpoch: Int) -> Double {
      switch self {
      case .steps(let steps): Double(steps)
      case .epochs(let epochs): epochs * Double(stepsPerEpoch)
      }
    }
  }

  /// The factor of the rate at a step.
  ///
  /// - Parameters:
  ///   - step: steps done before it.
  ///   - steps: of the whole run.
  ///   - stepsPerEpoch: of one epoch.
  public func factor(step: Int, of steps: Int, stepsPerEpoch: Int) -> Double {
    factor(at: Double(step), of: Double(steps), max(1, stepsPerEpoch))
  }

  private func factor(at t: Double, of total: Double, _ stepsPerEpoch: Int) -> Double {
    switch self {
    case .constant: return 1
    case .step(let every, let factor):
      return Mathematics.pow(factor, (t / every.steps(stepsPerEpoch)).rounded(.down))
    case .multiStep(let marks, let factor):
      return marks.reduce(1) { t >= $1.steps(stepsPerEpoch) ? $0 * factor : $0 }
    case .exponential(let factor):
      return Mathematics.pow(factor, (t / Double(stepsPerEpoch)).rounded(.down))
    case .cosine(let low, let over, let restarts, let periodFactor):
      let period = over?.steps(stepsPerEpoch) ?? total
      let part = Schedule.part(of: t, period: period, restarts: restarts, periodFactor: periodFactor)
      return Schedule.halfWave(from: 1, to: low, part)
    case .warmUp(let length, let from, let next):
      let rise = length.steps(stepsPerEpoch)
      guard t < rise else { return next.factor(at: t - rise, of: total - rise, stepsPerEpoch) }
      return from + (1 - from) * t / rise
    case .oneCycle(let rise, let start, let end):
      let top = rise * total - 1
      let last = total - 1
      guard t > top else { return Schedule.halfWave(from: 1 / start, to: 1, top > 0 ? t / top : 1) }
      return Schedule.halfWave(from: 1, to: 1 / (start * end), last > top ? min(1, (t - top) / (last - top)) : 1)
    }
  }

  /// How far into its period the time t is, 0…1.
  private static func part(of t: Double, period: Double, restarts: Bool, periodFactor: Double) -> Double {
    guard period > 0 else { return 1 }
    guard restarts else { return min(1, t / period) }
    var (rest, length) = (t, period)
    if periodFactor == 1 {
      rest -= (t / period).rounded(.down) * period
    } else {
      while rest >= length, length > 0.5 {
        rest -= length
        length *= periodFactor
      }
    }
    return min(1, rest / length)
  }

  private static func halfWave(from: Double, to: Double, _ part: Double) -> Double {
    to + 0.5 * (from - to) * (1 + Mathematics.cos(.pi * part))
  }
}
