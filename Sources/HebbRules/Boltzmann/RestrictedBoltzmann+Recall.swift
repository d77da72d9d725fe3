import HebbArrays

extension RestrictedBoltzmann {
  /// What the machine dreams of: visible means after steps of Gibbs sampling, `[count, visible]`.
  ///
  /// - Parameter start: the first visible states, `[count, visible]`; drawn at random unless given.
  public func sample(
    count: Int, steps: Int = 1_000, startingFrom start: NDArray? = nil, using random: inout Philox,
    progress: RuleWatcher? = nil
  ) throws(RuleError) -> NDArray {
    require(count > 0 && steps > 0, "\(count) samples of \(steps) steps")
    var v: NDArray
    if let start {
      v = try checked(start)
    } else if visible == .bernoulli {
      v = NDArray.bernoulli([count, visibleCount], probability: 0.5, using: &random)
    } else {
      v = .normal([count, visibleCount], using: &random)
    }
    var means = v
    for step in 0..<steps {
      let h = hiddenMeans(v).drawn(&random)
      means = visibleMeans(h)
      v = visible == .bernoulli ? means.drawn(&random) : means + NDArray.normal(means.shape, using: &random)
      progress?(RuleProgress(step: step + 1, steps: steps))
    }
    return means
  }

  /// Repairs samples `[count, visible]`: known units stay, the others are sampled, and their means over the second half of
  /// the steps are given.
  ///
  /// - Parameter known: `[visible]`, 1 where a unit is given and 0 where it is sought.
  public func recall(
    _ x: NDArray, known: NDArray, steps: Int = 200, using random: inout Philox
  ) throws(RuleError) -> NDArray {
    let x = try checked(x)
    require(known.shape == [visibleCount] && steps > 1, "a mask of \(known.shape) for \(visibleCount) units")
    let (kept, sought) = (x * known, 1 - known)
    var v = x
    var sum = NDArray.zeros(x.shape)
    for step in 0..<steps {
      let means = visibleMeans(hiddenMeans(v).drawn(&random))
      let drawn = visible == .bernoulli ? means.drawn(&random) : means + NDArray.normal(means.shape, using: &random)
      v = kept + drawn * sought
      if step >= steps / 2 { sum = sum + means }
    }
    return kept + sum * sought / Double(steps - steps / 2)
  }
}
