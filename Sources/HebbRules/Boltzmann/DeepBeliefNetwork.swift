import HebbArrays

/// A deep belief network: restricted Boltzmann machines, each of which learns the features of the one below.
///
/// The top machine is an associative memory; below it the weights lead down, from features to what causes them.
///
///     var random = Philox(seed: 1)
///     var network = DeepBeliefNetwork([784, 500, 500], using: &random)
///     try network.fit(digits, BoltzmannTraining(epochs: 10), using: &random)
///     let features = try network.features(of: digits)
///
/// - Source: Hinton, Osindero and Teh 2006, doi:10.1162/neco.2006.18.7.1527.
public struct DeepBeliefNetwork: RuleModel {
  public static let kind = "dbn"

  /// From the bottom to the top.
  public private(set) var machines: [RestrictedBoltzmann]

  /// - Parameter sizes: units of each layer, the visible one first.
  public init(_ sizes: [Int], visible: RestrictedBoltzmann.Visible = .bernoulli, using random: inout Philox) {
    require(sizes.count > 1, "a deep belief network of \(sizes.count) layers")
    machines = []
    for (index, (below, above)) in zip(sizes, sizes.dropFirst()).enumerated() {
      machines.append(
        RestrictedBoltzmann(visible: below, hidden: above, kind: index == 0 ? visible : .bernoulli, using: &random))
    }
  }

  /// Trains the machines one after the other, greedily: each on the means of the hidden units below.
  ///
  /// `progress` counts the epochs of all machines.
  public mutating func fit(
    _ x: NDArray, _ training: BoltzmannTraining, using random: inout Philox, checkpoint: RuleCheckpoint? = nil,
    progress: RuleWatcher? = nil
  ) throws(RuleError) {
    var trainings = [BoltzmannTraining](repeating: training, count: machines.count)
    // Only the first layer may be given samples that are to be drawn; features always are probabilities.
    for index in trainings.indices.dropFirst() { trainings[index].drawsSamples = false }
    try fit(x, trainings, using: &random, checkpoint: checkpoint, progress: progress)
  }

  /// The same with a training for each machine. Samples are drawn in the topmost: it should learn by persistent chains,
  /// since contrastive divergence never sees where a machine goes by itself.
  public mutating func fit(
    _ x: NDArray, _ trainings: [BoltzmannTraining], using random: inout Philox, checkpoint: RuleCheckpoint? = nil,
    progress: RuleWatcher? = nil
  ) throws(RuleError) {
    require(trainings.count == machines.count, "\(trainings.count) trainings for \(machines.count) machines")
    var samples = try machines[0].checked(x)
    let epochs = trainings.reduce(0) { $0 + $1.epochs }
    var runs = zip(machines, trainings).map { BoltzmannRun($0, $1, rows: samples.shape[0]) }
    let steps = runs.reduce(0) { $0 + $1.steps }
    var first = 0
    try checkpoint?.begin(Self.kind, .samples(samples, [], ["trainings": trainings])) { (state) throws(DataError) in
      let network: Self = try state.model()
      guard network.machines.count == machines.count, zip(network.machines, machines).allSatisfy({ $0.isLike($1) })
      else { throw state.failure("it is of another network") }
      first = try state.integer("machine", in: 0...machines.count - 1)
      try runs[first].restore(state)
      (self, random) = (network, try state.random())
    }
    for index in machines.indices {
      if index >= first {
        let network = self
        let steps0 = runs[..<index].reduce(0) { $0 + $1.steps }
        let epochs0 = trainings[..<index].reduce(0) { $0 + $1.epochs }
        try machines[index].learn(samples, &runs[index], using: &random) { done in
          progress?(RuleProgress(step: epochs0 + done.step, steps: epochs, value: done.value))
        } passed: { (machine, run, random) throws(RuleError) in
          try checkpoint?.pass(steps0 + run.done, of: steps) {
            network.state(training: machine, run, index, random)
          }
        }
      }
      samples = machines[index].hiddenMeans(samples)
    }
  }

  /// A training that has come to a machine.
  private func state(
    training machine: RestrictedBoltzmann, _ run: BoltzmannRun, _ index: Int, _ random: Philox
  ) -> RuleState {
    var network = self
    network.machines[index] = machine
    var state = RuleState(training: network, done: run.done, random)
    state.arrays += run.arrays
    state.settings.append(("machine", .integer(index)))
    return state
  }

  /// The means of the hidden units of every layer, from the bottom to the top.
  public func layers(of x: NDArray) throws(RuleError) -> [NDArray] {
    var values = try machines[0].checked(x)
    return machines.map { machine in
      values = machine.hiddenMeans(values)
      return values
    }
  }

  /// The means of the topmost units: `[samples, units]`.
  public func features(of x: NDArray) throws(RuleError) -> NDArray { try layers(of: x).last ?? x }

  /// Up to the top and down again: visible means.
  public func reconstruct(_ x: NDArray) throws(RuleError) -> NDArray { down(try features(of: x), from: machines.count) }

  /// Repairs samples `[count, visible]`: known units stay, the others are sampled in the top machine and led down, and their
  /// means over the second half of the steps are given.
  ///
  /// - Parameters:
  ///   - known: `[visible]`, 1 where a unit is given and 0 where it is sought.
  ///   - watcher: sees the known units and the others' means before the first and after every step.
  public func recall(
    _ x: NDArray, known: NDArray, steps: Int = 200, using random: inout Philox, watcher: ((NDArray) -> Void)? = nil
  ) throws(RuleError) -> NDArray {
    let (bottom, top) = (machines[0], machines[machines.count - 1])
    let x = try bottom.checked(x)
    require(known.shape == [bottom.visibleCount], "a mask of \(known.shape) for \(bottom.visibleCount) units")
    let start = bottom.visibleMeans(.zeros([x.shape[0], bottom.hiddenCount]))
    return bottom.visible.completed(x, known, from: start, steps: steps, using: &random, watcher) { v, random in
      let below = machines.dropLast().reduce(v) { $1.hiddenMeans($0) }
      return down(top.hiddenMeans(below).drawn(&random), from: machines.count)
    }
  }

  private func down(_ values: NDArray, from layer: Int) -> NDArray {
    machines[..<layer].reversed().reduce(values) { $1.visibleMeans($0) }
  }

  /// Dreams: Gibbs sampling in the top machine, then one way down. Visible means, `[count, visible]`.
  public func sample(
    count: Int, steps: Int = 1_000, using random: inout Philox, progress: RuleWatcher? = nil
  ) throws(RuleError) -> NDArray {
    let top = try machines[machines.count - 1].sample(count: count, steps: steps, using: &random, progress: progress)
    return down(top, from: machines.count - 1)
  }
}

extension DeepBeliefNetwork {
  public var state: RuleState {
    var arrays: [(name: String, value: NDArray)] = []
    var settings: [(name: String, value: JSON)] = [("layers", .integer(machines.count))]
    for (index, machine) in machines.enumerated() {
      let part = machine.state
      arrays += part.arrays.map { ("\(index).\($0.name)", $0.value) }
      settings += part.settings.map { ("\(index).\($0.name)", $0.value) }
    }
    return RuleState(Self.kind, arrays: arrays, settings: settings)
  }

  /// What ``RuleModel`` read from a file, checked.
  public init(_ state: RuleState) throws(DataError) {
    try state.check(Self.kind)
    machines = []
    for index in 0..<(try state.integer("layers", in: 1...1_000)) {
      let machine = try RestrictedBoltzmann(state, prefix: "\(index).")
      if let below = machines.last, below.hiddenCount != machine.visibleCount {
        throw state.failure("layer \(index) does not fit the one below")
      }
      machines.append(machine)
    }
  }
}
