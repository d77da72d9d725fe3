import HebbArrays

/// A restricted Boltzmann machine: visible units v and hidden units h, connected with each other only.
///
///     E(v, h) = −a·v − b·h − v W h                   binary v
///     E(v, h) = ½ ‖v − a‖² − b·h − v W h             Gaussian v of variance 1
///     p(hⱼ = 1 | v) = σ(bⱼ + (v W)ⱼ)                 p(vᵢ = 1 | h) = σ(aᵢ + (W h)ᵢ), or vᵢ ~ N(aᵢ + (W h)ᵢ, 1)
///
///     var random = Philox(seed: 1)
///     var machine = RestrictedBoltzmann(visible: 784, hidden: 500, using: &random)
///     try machine.fit(digits, BoltzmannTraining(epochs: 10), using: &random)
///     let logZ = try machine.logPartition(startingFrom: digits, using: &random).value
///
/// - Source: Smolensky 1986; Hinton 2002, doi:10.1162/089976602760128018; Hinton 2012, "A practical guide to training
///   restricted Boltzmann machines", doi:10.1007/978-3-642-35289-8_32.
public struct RestrictedBoltzmann: RuleModel {
  public static let kind = "rbm"

  /// What visible units hold.
  public enum Visible: String, Sendable, CaseIterable {
    /// 0 or 1; numbers in between are taken as probabilities.
    case bernoulli
    /// Any numbers, best of mean 0 and variance 1.
    case gaussian
  }

  /// What its visible units hold.
  public let visible: Visible
  /// `[visible, hidden]`
  public internal(set) var weights: NDArray
  /// `[visible]`, a.
  public internal(set) var visibleBias: NDArray
  /// `[hidden]`, b.
  public internal(set) var hiddenBias: NDArray

  /// A machine with small random weights, of deviation 0.01, and no biases.
  public init(visible count: Int, hidden: Int, kind: Visible = .bernoulli, using random: inout Philox) {
    require(count > 0 && hidden > 0, "a Boltzmann machine of \(count) visible and \(hidden) hidden units")
    self.init(
      weights: .normal([count, hidden], standardDeviation: 0.01, using: &random), visibleBias: .zeros([count]),
      hiddenBias: .zeros([hidden]), kind: kind)
  }

  /// A machine with given weights `[visible, hidden]` and biases.
  public init(weights: NDArray, visibleBias: NDArray, hiddenBias: NDArray, kind: Visible = .bernoulli) {
    require(
      weights.rank == 2 && weights.count > 0 && visibleBias.shape == [weights.shape[0]]
        && hiddenBias.shape == [weights.shape[1]],
      "weights \(weights.shape), biases \(visibleBias.shape) and \(hiddenBias.shape) do not fit")
    (self.weights, self.visibleBias, self.hiddenBias) = (weights, visibleBias, hiddenBias)
    visible = kind
  }

  /// How many visible units there are.
  public var visibleCount: Int { weights.shape[0] }
  /// How many hidden units there are.
  public var hiddenCount: Int { weights.shape[1] }

  func checked(_ x: NDArray) throws(RuleError) -> NDArray {
    try RuleSamples.checked(
      x, "the Boltzmann machine", features: visibleCount, allowed: visible == .bernoulli ? .unit : .finite)
  }
}

// MARK: - Conditionals

extension RestrictedBoltzmann {
  /// p(h = 1 | v) of samples `[count, visible]`: the features that the machine finds, `[count, hidden]`.
  public func features(of x: NDArray) throws(RuleError) -> NDArray { hiddenMeans(try checked(x)) }

  /// −log Σₕ exp(−E(v, h)) of samples: a·v + Σ softplus(b + v W) with the other sign, `[count]`.
  public func freeEnergy(of x: NDArray) throws(RuleError) -> NDArray { freeEnergies(try checked(x)) }

  /// Visible means from one pass to the hidden units and back: `[count, visible]`.
  public func reconstruct(_ x: NDArray) throws(RuleError) -> NDArray { visibleMeans(hiddenMeans(try checked(x))) }

  func hiddenMeans(_ v: NDArray) -> NDArray { v.matmul(weights, epilogue: Epilogue(bias: hiddenBias)).sigmoid() }

  /// Probabilities, or the means of Gaussian units.
  func visibleMeans(_ h: NDArray) -> NDArray {
    let fields = h.matmul(weights, transposingRight: true, epilogue: Epilogue(bias: visibleBias))
    return visible == .bernoulli ? fields.sigmoid() : fields
  }

  func sampledVisible(_ h: NDArray, _ random: inout Philox) -> NDArray {
    visible.drawn(visibleMeans(h), &random)
  }

  func freeEnergies(_ v: NDArray) -> NDArray {
    let hidden = v.matmul(weights, epilogue: Epilogue(bias: hiddenBias)).softplus().sum(axis: 1)
    switch visible {
    case .bernoulli: return -(v * visibleBias).sum(axis: 1) - hidden
    case .gaussian: return (v - visibleBias).squared().sum(axis: 1) * 0.5 - hidden
    }
  }
}

extension NDArray {
  /// 1 with the probability that each element is, else 0.
  func drawn(_ random: inout Philox) -> NDArray { NDArray.uniform(shape, using: &random).less(than: self) }
}

extension RestrictedBoltzmann {
  public var state: RuleState {
    RuleState(
      Self.kind, arrays: [("weights", weights), ("visibleBias", visibleBias), ("hiddenBias", hiddenBias)],
      settings: [("visible", .string(visible.rawValue))])
  }

  /// What ``RuleModel`` read from a file, checked.
  public init(_ state: RuleState) throws(DataError) {
    try state.check(Self.kind)
    try self.init(state, prefix: "")
  }

  /// One machine of several in a file.
  init(_ state: RuleState, prefix: String) throws(DataError) {
    let weights = try state.array(prefix + "weights", [-1, -1])
    guard weights.count > 0 else { throw state.failure("there are no units") }
    let visibleBias = try state.array(prefix + "visibleBias", [weights.shape[0]])
    let hiddenBias = try state.array(prefix + "hiddenBias", [weights.shape[1]])
    let kind: Visible = try state.word(prefix + "visible")
    self.init(weights: weights, visibleBias: visibleBias, hiddenBias: hiddenBias, kind: kind)
  }
}
