import HebbArrays

/// How a restricted Boltzmann machine is trained.
public struct BoltzmannTraining: Sendable {
  /// Where the samples come from that the machine is to believe less in.
  public enum Method: Sendable, Hashable {
    /// A few steps of Gibbs sampling from the data: CD-k.
    case contrastiveDivergence(steps: Int)
    /// Chains that go on from update to update (Tieleman 2008): as many as a batch has samples.
    case persistent(steps: Int)
  }

  /// How often all samples are shown.
  public var epochs: Int
  /// Samples in an update.
  public var batchSize = 100
  /// Where the samples come from that the machine is to believe less in.
  public var method = Method.persistent(steps: 1)
  /// The rate falls on a line from the first to the last value over all updates.
  public var learningRate = 0.05
  /// The rate at the end; that of the beginning where nil.
  public var finalRate: Double?
  /// The share of the last update in this one.
  public var momentum = 0.0
  /// λ of the penalty ½ λ ‖W‖².
  public var weightDecay = 0.0
  /// How often a hidden unit should be on (Lee, Ekanadham and Ng 2008).
  public var sparsityTarget = 0.1
  /// How strongly hidden biases are moved towards ``sparsityTarget``; 0 leaves them free.
  public var sparsityCost = 0.0
  /// Whether probabilities in the samples are drawn anew as 0 or 1 whenever a sample is seen.
  public var drawsSamples = false
  /// Whether samples come in a new order every epoch.
  public var shuffles = true

  /// A training of some epochs.
  ///
  /// - Parameters:
  ///   - epochs: 1 or more.
  ///   - batchSize: samples in an update, 1 or more.
  ///   - method: where the samples come from that the machine is to believe less in.
  ///   - learningRate: of the first update, above 0.
  ///   - finalRate: of the last update; the same unless given.
  ///   - momentum: the share of the last update in this one, 0 or more and below 1.
  public init(
    epochs: Int, batchSize: Int = 100, method: Method = .persistent(steps: 1), learningRate: Double = 0.05,
    finalRate: Double? = nil, momentum: Double = 0
  ) {
    require(epochs > 0 && batchSize > 0, "\(epochs) epochs of batches of \(batchSize)")
    require(learningRate > 0 && momentum >= 0 && momentum < 1, "a rate of \(learningRate), a momentum of \(momentum)")
    (self.epochs, self.batchSize, self.method) = (epochs, batchSize, method)
    (self.learningRate, self.finalRate, self.momentum) = (learningRate, finalRate, momentum)
  }

  var gibbsSteps: Int {
    switch method {
    case .contrastiveDivergence(let steps), .persistent(let steps): max(1, steps)
    }
  }

  var isPersistent: Bool { if case .persistent = method { true } else { false } }
}

extension RestrictedBoltzmann {
  /// Learns from samples `[count, visible]`.
  ///
  ///     ΔW ∝ ⟨v h⟩ of the data − ⟨v h⟩ of the machine,     Δa ∝ ⟨v⟩ − ⟨v⟩,     Δb ∝ ⟨h⟩ − ⟨h⟩
  ///
  /// The last batch of an epoch is left out where it is smaller, unless it is the only one. `progress` is called after
  /// every epoch, its value is the mean squared error of reconstructing the last batch.
  ///
  /// - Source: Hinton 2002, doi:10.1162/089976602760128018; Tieleman 2008, doi:10.1145/1390156.1390290.
  public mutating func fit(
    _ x: NDArray, _ training: BoltzmannTraining, using random: inout Philox, checkpoint: RuleCheckpoint? = nil,
    progress: RuleWatcher? = nil
  ) throws(RuleError) {
    let x = try checked(x)
    var run = BoltzmannRun(self, training, rows: x.shape[0])
    try checkpoint?.begin(Self.kind, .samples(x, [], ["training": training])) { (state) throws(DataError) in
      let machine: Self = try state.model()
      guard machine.isLike(self) else { throw state.failure("it is of another machine") }
      try run.restore(state)
      (self, random) = (machine, try state.random())
    }
    try learn(x, &run, using: &random, progress) { (machine, run, random) throws(RuleError) in
      try checkpoint?.pass(run.done, of: run.steps) {
        var state = RuleState(training: machine, done: run.done, random)
        state.arrays += run.arrays
        return state
      }
    }
  }

  /// Goes on with a training.
  ///
  /// - Parameter passed: told of every update.
  mutating func learn(
    _ x: NDArray, _ run: inout BoltzmannRun, using random: inout Philox, _ progress: RuleWatcher?,
    passed: (RestrictedBoltzmann, BoltzmannRun, Philox) throws(RuleError) -> Void
  ) throws(RuleError) {
    let before = self
    while run.done < run.steps {
      run.step(&self, x, &random)
      if run.endsEpoch {
        guard weights.allFinite, visibleBias.allFinite, hiddenBias.allFinite else {
          self = before
          throw .diverged("the Boltzmann machine", advice: "lower the rate, and scale Gaussian units to variance 1")
        }
        progress?(RuleProgress(step: run.epoch, steps: run.training.epochs, value: run.error(self)))
      }
      try passed(self, run, random)
    }
  }

  /// Whether another machine has as many units of the same kinds.
  func isLike(_ other: RestrictedBoltzmann) -> Bool {
    weights.shape == other.weights.shape && visible == other.visible
  }
}
