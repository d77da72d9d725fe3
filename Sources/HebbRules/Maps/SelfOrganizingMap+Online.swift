import HebbArrays

extension SelfOrganizingMap {
  /// In which order samples come.
  public enum Order: Sendable {
    /// 0, 1, 2, … and from the start again.
    case sequential
    /// The same, shuffled as a whole.
    case random
  }

  /// Learns sample by sample, one update each (MiniSom's `train`).
  ///
  /// - Parameters:
  ///   - x: `[samples, features]`
  ///   - updates: how many samples are shown; rate and radius decay over them.
  ///   - fixed: units that win for samples of these numbers, whatever lies nearer (MiniSom's `fixed_points`).
  ///   - checkpoint: keeps the training, and goes on with one.
  ///   - progress: called some hundred times.
  public mutating func fit(
    _ x: NDArray, updates: Int, order: Order = .sequential, fixed: [Int: Int] = [:], using random: inout Philox,
    checkpoint: RuleCheckpoint? = nil, progress: RuleWatcher? = nil
  ) throws(RuleError) {
    let x = try checked(x)
    require(updates > 0, "\(updates) updates")
    let done = try begin(checkpoint, x, ["updates": updates, "order": order, "fixed": fixed.count], updates, &random)
    let begun = random
    var indices = (0..<updates).map { Int32($0 % x.shape[0]) }
    if order == .random {
      indices = NDArray(indices).gathered(rows: .permutation(updates, using: &random)).elements()
    }
    try learn(x, indices, fixed, period: 1, periods: updates, done, begun, checkpoint, progress)
  }

  /// Learns all samples `epochs` times, sample by sample; rate and radius stay the same within an epoch (MiniSom's
  /// `train` with `use_epochs`).
  public mutating func fit(
    _ x: NDArray, epochs: Int, order: Order = .sequential, fixed: [Int: Int] = [:], using random: inout Philox,
    checkpoint: RuleCheckpoint? = nil, progress: RuleWatcher? = nil
  ) throws(RuleError) {
    let x = try checked(x)
    require(epochs > 0, "\(epochs) epochs")
    let rows = x.shape[0]
    let done = try begin(
      checkpoint, x, ["epochs": epochs, "order": order, "fixed": fixed.count], epochs * rows, &random)
    let begun = random
    let once: [Int32] =
      order == .random ? NDArray.permutation(rows, using: &random).elements() : (0..<rows).map(Int32.init)
    let indices = (0..<epochs * rows).map { once[$0 % rows] }
    try learn(x, indices, fixed, period: rows, periods: epochs, done, begun, checkpoint, progress)
  }

  /// How many of the steps a resumed training has done. Its random numbers are those before the order is drawn.
  mutating func begin(
    _ checkpoint: RuleCheckpoint?, _ x: NDArray, _ terms: KeyValuePairs<String, Any>, _ steps: Int,
    _ random: inout Philox
  ) throws(RuleError) -> Int {
    var done = 0
    try checkpoint?.begin(Self.kind, .samples(x, [], terms)) { (state) throws(DataError) in
      let map: Self = try state.model()
      guard map.weights.shape == weights.shape else { throw state.failure("it is of another map") }
      (self, random, done) = (map, try state.random(), try state.done(of: steps))
    }
    return done
  }

  private mutating func learn(
    _ x: NDArray, _ indices: [Int32], _ fixed: [Int: Int], period: Int, periods: Int, _ start: Int, _ begun: Philox,
    _ checkpoint: RuleCheckpoint?, _ progress: RuleWatcher?
  ) throws(RuleError) {
    for (sample, unit) in fixed {
      require(
        (0..<x.shape[0]).contains(sample) && (0..<grid.count).contains(unit),
        "unit \(unit) cannot be fixed for sample \(sample): there are \(grid.count) units and \(x.shape[0]) samples")
    }
    let before = weights
    let (map, unitCount, width) = (self, grid.count, features)
    let every = max(1, indices.count / 200)
    var table = MapNeighborhood.Table()
    var factors = [Float](repeating: 0, count: unitCount)
    var done = start
    while done < indices.count {
      // Piece by piece where the map is to be kept now and then.
      let piece = done..<(checkpoint == nil ? indices.count : min(done + every, indices.count))
      weights.mutate { (w: UnsafeMutableBufferPointer<Float>) in
        x.read { (x: UnsafeBufferPointer<Float>) in
          guard let units = w.baseAddress, let samples = x.baseAddress else { return }
          var meter = MapMeter(map.distance, units: units, count: unitCount, features: width)
          meter.step(from: nil, factors: nil, to: samples + Int(indices[piece.lowerBound]) * width)
          for t in piece {
            let index = Int(indices[t])
            let winner = fixed[index] ?? meter.winner()
            let time = t / period
            factors.withUnsafeMutableBufferPointer {
              map.neighborhood.factors(
                map.grid, winner: winner, sigma: map.sigmaDecay(map.sigma, step: time, of: periods),
                rate: map.rateDecay(map.learningRate, step: time, of: periods), into: $0, using: &table)
            }
            let next = t + 1 < piece.upperBound ? samples + Int(indices[t + 1]) * width : nil
            factors.withUnsafeBufferPointer {
              meter.step(from: samples + index * width, factors: $0.baseAddress, to: next)
            }
            if let progress, (t + 1) % every == 0 || t + 1 == indices.count {
              progress(RuleProgress(step: t + 1, steps: indices.count))
            }
          }
        }
      }
      guard weights.allFinite else {
        weights = before
        throw .diverged("the map", advice: "a Mexican hat needs a smaller rate or radius")
      }
      done = piece.upperBound
      try checkpoint?.pass(done, of: indices.count) { RuleState(training: self, done: done, begun) }
    }
  }
}
