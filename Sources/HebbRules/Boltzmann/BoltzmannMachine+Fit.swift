import HebbArrays

extension BoltzmannMachine {
  /// Learns from samples `[count, visible]` of 0 and 1, all of them for every update.
  ///
  /// - Parameters:
  ///   - chains: how many free runs the second phase averages.
  ///   - progress: called after every update with the largest change of a weight.
  public mutating func fit(
    _ x: NDArray, updates: Int, learningRate: Double = 0.1, annealing: Annealing = Annealing(), chains: Int = 200,
    using random: inout Philox, checkpoint: RuleCheckpoint? = nil, progress: RuleWatcher? = nil
  ) throws(RuleError) {
    let x = try RuleSamples.checked(x, "the Boltzmann machine", features: visibleCount, allowed: .binary)
    require(updates > 0 && learningRate > 0 && chains > 0, "\(updates) updates, \(chains) chains")
    let hidden = units - visibleCount
    let rows = x.shape[0]
    var first = 0
    let terms: KeyValuePairs<String, Any> = [
      "updates": updates, "rate": learningRate, "annealing": annealing, "chains": chains,
    ]
    try checkpoint?.begin(Self.kind, .samples(x, [], terms)) { (state) throws(DataError) in
      let machine: Self = try state.model()
      guard machine.units == units, machine.visibleCount == visibleCount else {
        throw state.failure("it is of another machine")
      }
      (self, random, first) = (machine, try state.random(), try state.done(of: updates))
    }
    for update in first..<updates {
      let start =
        hidden == 0
        ? x
        : NDArray.concatenated([x, .bernoulli([rows, hidden], probability: 0.5, using: &random)], axis: 1)
      let held = hidden == 0 ? x : run(start, held: visibleCount, annealing, &random)
      let free = run(.bernoulli([chains, units], probability: 0.5, using: &random), held: 0, annealing, &random)
      let change =
        (held.matmul(held, transposingLeft: true) * (1 / Double(rows))
          - free.matmul(free, transposingLeft: true) * (1 / Double(chains))) * learningRate
      bias = bias + (held.mean(axis: 0) - free.mean(axis: 0)) * learningRate
      self = BoltzmannMachine(weights: weights + change, bias: bias, visible: visibleCount)
      progress?(RuleProgress(step: update + 1, steps: updates, value: change.abs().max().scalar))
      try checkpoint?.pass(update + 1, of: updates) { RuleState(training: self, done: update + 1, random) }
    }
  }

  /// log Z by going through all states: up to 22 units.
  public func exactLogPartition() -> Double { logSum(holding: []) }

  /// log Σ over hidden states of exp(−E): up to 22 hidden units, for samples `[count, visible]` of 0 and 1.
  public func logWeight(of x: NDArray) throws(RuleError) -> [Double] {
    let x = try RuleSamples.checked(x, "the Boltzmann machine", features: visibleCount, allowed: .binary)
    return (0..<x.shape[0]).map { logSum(holding: x.row($0).elements(as: Float.self).map(Double.init)) }
  }

  /// log Σ exp(−E) over all states of the units behind the first ones, which are given.
  private func logSum(holding given: [Double]) -> Double {
    let n = units
    let free = n - given.count
    require(free <= 22, "2^\(free) states are too many to go through")
    let w: [Double] = weights.cast(to: .float64).elements()
    let b: [Double] = bias.cast(to: .float64).elements()
    var s = given + [Double](repeating: 0, count: free)
    var energy = 0.0  // −E
    for i in given.indices {
      energy += b[i] * s[i]
      for j in 0..<i { energy += w[i * n + j] * s[i] * s[j] }
    }
    var total = LogSum()
    // Gray's code: from state to state one unit changes.
    for number in 0..<(1 << free) {
      if number > 0 {
        let unit = given.count + number.trailingZeroBitCount
        var field = b[unit]
        for j in 0..<n where j != unit { field += w[unit * n + j] * s[j] }
        energy += s[unit] == 0 ? field : -field
        s[unit] = 1 - s[unit]
      }
      total.add(energy)
    }
    return total.value
  }
}
