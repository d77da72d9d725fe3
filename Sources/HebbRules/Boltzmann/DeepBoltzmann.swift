import HebbArrays

/// A deep Boltzmann machine of two hidden layers: each layer hears from both sides.
///
///     E = −v W₁ h₁ − h₁ W₂ h₂ − a·v − b₁·h₁ − b₂·h₂
///
/// The samples' side of the gradient comes from a mean field, h₁ = σ(v W₁ + h₂ W₂ᵀ + b₁), h₂ = σ(h₁ W₂ + b₂); the machine's
/// from chains that go on from update to update.
///
/// - Source: Salakhutdinov and Hinton 2009, "Deep Boltzmann machines".
public struct DeepBoltzmann: RuleModel {
  public static let kind = "dbm"

  /// `[visible, first]`, W₁.
  public internal(set) var lower: NDArray
  /// `[first, second]`, W₂.
  public internal(set) var upper: NDArray
  /// `[visible]`, a.
  public internal(set) var visibleBias: NDArray
  /// `[first]`, b₁.
  public internal(set) var firstBias: NDArray
  /// `[second]`, b₂.
  public internal(set) var secondBias: NDArray

  /// A machine with small random weights.
  public init(visible: Int, first: Int, second: Int, using random: inout Philox) {
    require(visible > 0 && first > 0 && second > 0, "a deep Boltzmann machine of \(visible), \(first), \(second) units")
    lower = .normal([visible, first], standardDeviation: 0.01, using: &random)
    upper = .normal([first, second], standardDeviation: 0.01, using: &random)
    (visibleBias, firstBias, secondBias) = (.zeros([visible]), .zeros([first]), .zeros([second]))
  }

  /// A machine that begins where a deep belief network of two machines ended. Its weights are halved, since the middle
  /// layer now hears from two sides.
  public init(pretrained network: DeepBeliefNetwork) {
    require(
      network.machines.count == 2 && network.machines[0].visible == .bernoulli,
      "a deep Boltzmann machine begins with two machines of binary units")
    let (below, above) = (network.machines[0], network.machines[1])
    (lower, upper) = (below.weights * 0.5, above.weights * 0.5)
    (visibleBias, firstBias, secondBias) = (below.visibleBias, below.hiddenBias, above.hiddenBias)
  }

  /// The machine as a restricted one: h₁ is its hidden layer, v and h₂ together are its visible one. What is known of
  /// those, log Z by counting or by annealing, serves this one too.
  public var folded: RestrictedBoltzmann {
    RestrictedBoltzmann(
      weights: NDArray.concatenated([lower, upper.transposed()], axis: 0),
      visibleBias: NDArray.concatenated([visibleBias, secondBias], axis: 0), hiddenBias: firstBias)
  }

  private func checked(_ x: NDArray) throws(RuleError) -> NDArray {
    try RuleSamples.checked(x, "the deep Boltzmann machine", features: lower.shape[0], allowed: .unit)
  }

  /// h₁ and h₂ by mean field.
  func meanField(_ v: NDArray, rounds: Int = 10) -> (first: NDArray, second: NDArray) {
    let drive = v.matmul(lower, epilogue: Epilogue(bias: firstBias))
    // The first guess makes up for the silent upper layer.
    var first = (drive * 2).sigmoid()
    var second = first.matmul(upper, epilogue: Epilogue(bias: secondBias)).sigmoid()
    for _ in 0..<rounds {
      first = second.matmul(upper, transposingRight: true, epilogue: Epilogue(residual: drive)).sigmoid()
      second = first.matmul(upper, epilogue: Epilogue(bias: secondBias)).sigmoid()
    }
    return (first, second)
  }

  /// The means of both hidden layers, side by side: `[samples, first + second]`.
  public func features(of x: NDArray) throws(RuleError) -> NDArray {
    let (first, second) = meanField(try checked(x))
    return NDArray.concatenated([first, second], axis: 1)
  }

  /// Learns by persistent chains; of `training` the method, the sparsity and the momentum are not used.
  public mutating func fit(
    _ x: NDArray, _ training: BoltzmannTraining, using random: inout Philox, checkpoint: RuleCheckpoint? = nil,
    progress: RuleWatcher? = nil
  ) throws(RuleError) {
    let x = try checked(x)
    let before = self
    let size = min(training.batchSize, x.shape[0])
    let batches = x.shape[0] / size
    var hidden = NDArray.bernoulli([size, firstBias.count], probability: 0.5, using: &random)
    var start = 0
    try checkpoint?.begin(Self.kind, .samples(x, [], ["training": training])) { (state) throws(DataError) in
      let machine: Self = try state.model()
      guard machine.lower.shape == lower.shape, machine.upper.shape == upper.shape else {
        throw state.failure("it is of another machine")
      }
      hidden = try state.array("chains", Array(hidden.shape))
      (self, random, start) = (machine, try state.random(), try state.done(of: training.epochs))
    }
    for epoch in start..<training.epochs {
      let order = NDArray.permutation(x.shape[0], using: &random)
      var error = 0.0
      for batch in 0..<batches {
        let rows = x.gathered(rows: order[batch * size..<(batch + 1) * size])
        let v = training.drawsSamples ? rows.drawn(&random) : rows
        let (first, second) = meanField(v)
        let dream = hidden.matmul(lower, transposingRight: true, epilogue: Epilogue(bias: visibleBias)).sigmoid()
          .drawn(&random)
        let top = hidden.matmul(upper, epilogue: Epilogue(bias: secondBias)).sigmoid().drawn(&random)
        let drive = dream.matmul(lower, epilogue: Epilogue(bias: firstBias))
        let middle = top.matmul(upper, transposingRight: true, epilogue: Epilogue(residual: drive)).sigmoid()
        hidden = middle.drawn(&random)
        let done = Double(epoch * batches + batch) / Double(training.epochs * batches)
        let last = training.finalRate ?? training.learningRate
        let rate = (training.learningRate + (last - training.learningRate) * done) / Double(size)
        let keep = 1 - rate * Double(size) * training.weightDecay
        lower =
          lower * keep + (v.matmul(first, transposingLeft: true) - dream.matmul(middle, transposingLeft: true)) * rate
        upper =
          upper * keep + (first.matmul(second, transposingLeft: true) - middle.matmul(top, transposingLeft: true))
          * rate
        visibleBias = visibleBias + (v.sum(axis: 0) - dream.sum(axis: 0)) * rate
        firstBias = firstBias + (first.sum(axis: 0) - middle.sum(axis: 0)) * rate
        secondBias = secondBias + (second.sum(axis: 0) - top.sum(axis: 0)) * rate
        if batch + 1 == batches {
          let back = first.matmul(lower, transposingRight: true, epilogue: Epilogue(bias: visibleBias)).sigmoid()
          error = (back - v).squared().mean().scalar
        }
      }
      guard [lower, upper, visibleBias, firstBias, secondBias].allSatisfy(\.allFinite) else {
        self = before
        throw .diverged("the deep Boltzmann machine", advice: "lower the rate")
      }
      progress?(RuleProgress(step: epoch + 1, steps: training.epochs, value: error))
      try checkpoint?.pass(epoch + 1, of: training.epochs) {
        var state = RuleState(training: self, done: epoch + 1, random)
        state.arrays.append(("chains", hidden))
        return state
      }
    }
  }

  /// A lower bound of the mean log-likelihood of samples, in nats: that of the mean field.
  ///
  ///     −⟨E⟩ + entropy of h₁ and h₂ − log Z
  public func logLikelihoodBound(of x: NDArray, logPartition: Double) throws(RuleError) -> Double {
    let v = try checked(x)
    let (first, second) = meanField(v, rounds: 50)
    let fields = v.matmul(lower, epilogue: Epilogue(bias: firstBias)) + second.matmul(upper, transposingRight: true)
    let energy = (fields * first).sum(axis: 1) + (v * visibleBias).sum(axis: 1) + (second * secondBias).sum(axis: 1)
    let entropies = first.entropy.sum(axis: 1) + second.entropy.sum(axis: 1)
    return (energy + entropies).mean().scalar - logPartition
  }

  /// Dreams: visible means after steps of Gibbs sampling, `[count, visible]`.
  public func sample(count: Int, steps: Int = 1_000, using random: inout Philox) throws(RuleError) -> NDArray {
    try folded.sample(count: count, steps: steps, using: &random).sliced(axis: 1, from: 0, to: lower.shape[0])
  }
}

extension NDArray {
  /// −p log p − (1 − p) log(1 − p)
  fileprivate var entropy: NDArray {
    let p = NDArray.minimum(NDArray.maximum(self, 1e-7), 1 - 1e-7)
    return -(p * p.log() + (1 - p) * (1 - p).log())
  }
}

extension DeepBoltzmann {
  public var state: RuleState {
    RuleState(
      Self.kind,
      arrays: [
        ("lower", lower), ("upper", upper), ("visibleBias", visibleBias), ("firstBias", firstBias),
        ("secondBias", secondBias),
      ])
  }

  /// What ``RuleModel`` read from a file, checked.
  public init(_ state: RuleState) throws(DataError) {
    try state.check(Self.kind)
    lower = try state.array("lower", [-1, -1])
    upper = try state.array("upper", [lower.shape[1], -1])
    visibleBias = try state.array("visibleBias", [lower.shape[0]])
    firstBias = try state.array("firstBias", [lower.shape[1]])
    secondBias = try state.array("secondBias", [upper.shape[1]])
    guard lower.count > 0, upper.count > 0 else { throw state.failure("there are no units") }
  }
}
