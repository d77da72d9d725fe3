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
      v = visible.drawn(means, &random)
      progress?(RuleProgress(step: step + 1, steps: steps))
    }
    return means
  }

  /// Repairs samples `[count, visible]`: known units stay, the others are sampled, and their means over the second half of
  /// the steps are given. What samples say of units that are sought is not looked at.
  ///
  /// - Parameters:
  ///   - known: `[visible]`, 1 where a unit is given and 0 where it is sought.
  ///   - watcher: sees the known units and the others' means before the first and after every step.
  public func recall(
    _ x: NDArray, known: NDArray, steps: Int = 200, using random: inout Philox, watcher: ((NDArray) -> Void)? = nil
  ) throws(RuleError) -> NDArray {
    let x = try checked(x)
    require(known.shape == [visibleCount], "a mask of \(known.shape) for \(visibleCount) units")
    let start = visibleMeans(.zeros([x.shape[0], hiddenCount]))
    return visible.completed(x, known, from: start, steps: steps, using: &random, watcher) { v, random in
      visibleMeans(hiddenMeans(v).drawn(&random))
    }
  }
}

extension RestrictedBoltzmann.Visible {
  /// States with these means.
  func drawn(_ means: NDArray, _ random: inout Philox) -> NDArray {
    self == .bernoulli ? means.drawn(&random) : means + NDArray.normal(means.shape, using: &random)
  }

  /// Gibbs sampling in which known units are held: the means of the others over the second half of the steps.
  ///
  /// - Parameters:
  ///   - start: the first means, `[count, visible]`.
  ///   - means: the next means of visible states.
  func completed(
    _ x: NDArray, _ known: NDArray, from start: NDArray, steps: Int, using random: inout Philox,
    _ watcher: ((NDArray) -> Void)?, means: (NDArray, inout Philox) -> NDArray
  ) -> NDArray {
    require(steps > 1, "\(steps) steps")
    let (kept, sought) = (x * known, 1 - known)
    var found = start
    var sum = NDArray.zeros(x.shape)
    watcher?(kept + found * sought)
    for step in 0..<steps {
      found = means(kept + drawn(found, &random) * sought, &random)
      if step >= steps / 2 { sum = sum + found }
      watcher?(kept + found * sought)
    }
    return kept + sum * sought / Double(steps - steps / 2)
  }
}
