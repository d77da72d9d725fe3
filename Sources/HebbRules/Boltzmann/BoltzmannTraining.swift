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

  public var epochs: Int
  public var batchSize = 100
  public var method = Method.persistent(steps: 1)
  /// The rate falls on a line from the first to the last value over all updates.
  public var learningRate = 0.05
  public var finalRate: Double?
  public var momentum = 0.0
  /// λ of the penalty ½ λ ‖W‖².
  public var weightDecay = 0.0
  /// How often a hidden unit should be on, and how strongly it is held to that (Lee, Ekanadham and Ng 2008).
  public var sparsityTarget = 0.1
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
    _ x: NDArray, _ training: BoltzmannTraining, using random: inout Philox, progress: RuleWatcher? = nil
  ) throws(RuleError) {
    let x = try checked(x)
    let before = self
    let rows = x.shape[0]
    let size = min(training.batchSize, rows)
    let batches = rows / size
    var learner = BoltzmannLearner(self, training, chains: size)
    for epoch in 0..<training.epochs {
      let order: NDArray? = training.shuffles ? .permutation(rows, using: &random) : nil
      for batch in 0..<batches {
        let range = batch * size..<(batch + 1) * size
        let part = order.map { x.gathered(rows: $0[range]) } ?? x[range]
        let done = Double(epoch * batches + batch) / Double(training.epochs * batches)
        learner.step(&self, training.drawsSamples ? part.drawn(&random) : part, done: done, &random)
      }
      guard weights.allFinite, visibleBias.allFinite, hiddenBias.allFinite else {
        self = before
        throw .diverged("the Boltzmann machine", advice: "lower the rate, and scale Gaussian units to variance 1")
      }
      progress?(RuleProgress(step: epoch + 1, steps: training.epochs, value: learner.error(self)))
    }
  }
}

/// What training keeps from batch to batch.
struct BoltzmannLearner {
  private let training: BoltzmannTraining
  private var chains: NDArray
  private var momenta: [NDArray]
  private var activity: NDArray?
  private var last: (v: NDArray, h: NDArray)?

  /// How far the last batch is from what its hidden means give back, squared.
  func error(_ machine: RestrictedBoltzmann) -> Double {
    last.map { (machine.visibleMeans($0.h) - $0.v).squared().mean().scalar } ?? 0
  }

  init(_ machine: RestrictedBoltzmann, _ training: BoltzmannTraining, chains: Int) {
    self.training = training
    self.chains = .zeros([chains, machine.hiddenCount])
    momenta = [machine.weights, machine.visibleBias, machine.hiddenBias].map { .zeros($0.shape) }
  }

  /// One update from the samples of a batch.
  ///
  /// - Parameter done: the part of all updates that lies behind.
  mutating func step(_ machine: inout RestrictedBoltzmann, _ v: NDArray, done: Double, _ random: inout Philox) {
    let h = machine.hiddenMeans(v)
    var sample = training.isPersistent ? chains : h.drawn(&random)
    var (dream, dreamed) = (v, h)
    for step in 0..<training.gibbsSteps {
      dream = machine.sampledVisible(sample, &random)
      dreamed = machine.hiddenMeans(dream)
      if step + 1 < training.gibbsSteps || training.isPersistent { sample = dreamed.drawn(&random) }
    }
    chains = sample
    let share = 1 / Double(v.shape[0])
    // The gradient of what is made smaller: the machine's mean less that of the data.
    let machines = dream.matmul(dreamed * share, transposingLeft: true)
    let slope = v.matmul(h * -share, transposingLeft: true, epilogue: Epilogue(residual: machines))
    var hiddenSlope = (dreamed.sum(axis: 0) - h.sum(axis: 0)) * share
    if training.sparsityCost > 0 {
      let now = h.mean(axis: 0)
      let mean = activity.map { $0 * 0.9 + now * 0.1 } ?? now
      activity = mean
      hiddenSlope = hiddenSlope + (mean - training.sparsityTarget) * training.sparsityCost
    }
    let visibleSlope = (dream.sum(axis: 0) - v.sum(axis: 0)) * share
    let rate = training.learningRate + ((training.finalRate ?? training.learningRate) - training.learningRate) * done
    update(&machine.weights, slope, 0, rate, decay: training.weightDecay)
    update(&machine.visibleBias, visibleSlope, 1, rate)
    update(&machine.hiddenBias, hiddenSlope, 2, rate)
    last = (v, h)
  }

  private mutating func update(_ w: inout NDArray, _ slope: NDArray, _ index: Int, _ rate: Double, decay: Double = 0) {
    var step = OptimizerStep.sgd(rate: rate, momentum: training.momentum)
    step.l2 = decay
    if training.momentum == 0 {
      step.apply(to: &w, gradient: slope)
    } else {
      step.apply(to: &w, gradient: slope, state: &momenta[index])
    }
  }
}
