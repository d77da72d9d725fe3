import HebbArrays

/// A training of a restricted Boltzmann machine, and what it keeps from update to update.
struct BoltzmannRun {
  let training: BoltzmannTraining
  /// How many updates are done.
  private(set) var done = 0
  /// Samples in an update, and updates in an epoch.
  private let size: Int
  private let batches: Int
  /// The samples of the epoch in their order.
  private var order: NDArray
  private var chains: NDArray
  private var momenta: [NDArray]
  private var activity: NDArray
  private var last: (v: NDArray, h: NDArray)?

  init(_ machine: RestrictedBoltzmann, _ training: BoltzmannTraining, rows: Int) {
    self.training = training
    size = min(training.batchSize, rows)
    batches = rows / size
    order = NDArray((0..<rows).map { Int32($0) })
    chains = .zeros([size, machine.hiddenCount])
    momenta = [machine.weights, machine.visibleBias, machine.hiddenBias].map { .zeros($0.shape) }
    activity = .zeros([machine.hiddenCount])
  }

  var steps: Int { training.epochs * batches }
  /// How many epochs are done.
  var epoch: Int { done / batches }
  /// Whether the last update ended an epoch.
  var endsEpoch: Bool { done % batches == 0 }

  /// How far the last batch is from what its hidden means give back, squared.
  func error(_ machine: RestrictedBoltzmann) -> Double {
    last.map { (machine.visibleMeans($0.h) - $0.v).squared().mean().scalar } ?? 0
  }

  /// The next update.
  mutating func step(_ machine: inout RestrictedBoltzmann, _ x: NDArray, _ random: inout Philox) {
    let batch = done % batches
    if batch == 0, training.shuffles { order = .permutation(x.shape[0], using: &random) }
    let range = batch * size..<(batch + 1) * size
    let part = training.shuffles ? x.gathered(rows: order[range]) : x[range]
    update(&machine, training.drawsSamples ? part.drawn(&random) : part, &random)
    done += 1
  }

  private mutating func update(_ machine: inout RestrictedBoltzmann, _ v: NDArray, _ random: inout Philox) {
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
      activity = done == 0 ? now : activity * 0.9 + now * 0.1
      hiddenSlope = hiddenSlope + (activity - training.sparsityTarget) * training.sparsityCost
    }
    let visibleSlope = (dream.sum(axis: 0) - v.sum(axis: 0)) * share
    let part = Double(done) / Double(steps)
    let rate = training.learningRate + ((training.finalRate ?? training.learningRate) - training.learningRate) * part
    apply(slope, 0, to: &machine.weights, rate, decay: training.weightDecay)
    apply(visibleSlope, 1, to: &machine.visibleBias, rate)
    apply(hiddenSlope, 2, to: &machine.hiddenBias, rate)
    last = (v, h)
  }

  private mutating func apply(
    _ slope: NDArray, _ index: Int, to w: inout NDArray, _ rate: Double, decay: Double = 0
  ) {
    var step = OptimizerStep.sgd(rate: rate, momentum: training.momentum)
    step.l2 = decay
    if training.momentum == 0 {
      step.apply(to: &w, gradient: slope)
    } else {
      step.apply(to: &w, gradient: slope, state: &momenta[index])
    }
  }
}

// MARK: - In a checkpoint

extension BoltzmannRun {
  var arrays: [(name: String, value: NDArray)] {
    [("order", order), ("chains", chains), ("activity", activity)]
      + momenta.enumerated().map { ("momentum.\($0.offset)", $0.element) }
  }

  mutating func restore(_ state: RuleState) throws(DataError) {
    let rows = order.count
    order = try state.array("order", [rows], .int32)
    guard order.elements(as: Int32.self).allSatisfy({ (0..<Int32(rows)).contains($0) }) else {
      throw state.failure("the order of the samples is damaged")
    }
    chains = try state.array("chains", Array(chains.shape))
    activity = try state.array("activity", Array(activity.shape))
    for index in momenta.indices {
      momenta[index] = try state.array("momentum.\(index)", Array(momenta[index].shape))
    }
    done = try state.done(of: steps)
  }
}
