import HebbArrays

/// Robust soft learning vector quantisation: prototypes are the centres of Gaussians, and the likelihood of the right
/// class is raised.
///
///     P(j | x) = softmax over prototypes of −‖x − w‖² / 2σ²        P(j | x, y): the same among those of class y
///     cost = −mean of log Σ over prototypes of class y of P(j | x)
///     ∂/∂wⱼ = −1/σ² Σ (P(j | x, y) − P(j | x)) (x − wⱼ)
///
/// - Source: Seo and Obermayer 2003, doi:10.1162/089976603321891819.
public struct RobustSoftLVQ: RuleModel {
  public static let kind = "rslvq"

  /// The centres of the Gaussians, moved by what was learned.
  public internal(set) var prototypes: Prototypes
  /// σ² of the Gaussians.
  public let variance: Double

  /// Prototypes where they are to begin; the variance is above 0.
  public init(_ prototypes: Prototypes, variance: Double = 0.5) {
    require(variance > 0 && variance.isFinite, "a variance of \(variance)")
    (self.prototypes, self.variance) = (prototypes, variance)
  }

  /// Follows the gradient with Adam over batches of samples in random order; the rate falls on a line to a hundredth.
  public mutating func fit(
    _ x: NDArray, labels: [Int], epochs: Int, batchSize: Int = 64, learningRate: Double = 0.02,
    using random: inout Philox, checkpoint: RuleCheckpoint? = nil, progress: RuleWatcher? = nil
  ) throws(RuleError) {
    let x = try prototypes.checked(x, labels)
    require(learningRate > 0, "\(Self.kind): a learning rate of \(learningRate)")
    let before = prototypes
    var adam = RuleAdam(prototypes.vectors)
    let plan = PrototypeEpochs(epochs: epochs, batchSize: batchSize)
    var start = 0
    try checkpoint?.begin(
      Self.kind, .samples(x, labels, ["epochs": epochs, "batch size": batchSize, "rate": learningRate])
    ) { (state) throws(DataError) in
      let network: Self = try state.model()
      guard network.prototypes.isLike(prototypes) else { throw state.failure("it is of other prototypes") }
      try adam.restore("adam.", state)
      (self, random, start) = (network, try state.random(), try state.done(of: epochs))
    }
    try plan.run(x, labels, from: start, using: &random, progress) { x, labels, rest in
      let found = gradient(x, labels)
      adam.apply(to: &prototypes.vectors, found.vectors, rate: learningRate * rest)
      return found.cost
    } epochEnded: { (done, random) throws(RuleError) in
      guard prototypes.vectors.allFinite else {
        prototypes = before
        throw PrototypeEpochs.diverged
      }
      try checkpoint?.pass(done, of: epochs) {
        var state = RuleState(training: self, done: done, random)
        state.arrays += adam.arrays("adam.")
        return state
      }
    }
  }

  /// The mean cost and its slope by the prototypes.
  package func gradient(_ x: NDArray, _ labels: [Int]) -> (cost: Double, vectors: NDArray) {
    let (rows, count, w) = (x.shape[0], prototypes.count, prototypes.vectors)
    let scores = Prototypes.squaredDistances(x, w) * (-0.5 / variance)
    let classes = prototypes.labels
    // −10³⁰ takes part in no softmax.
    let mask = NDArray(shape: [rows, count]) { (m: UnsafeMutableBufferPointer<Float>) in
      for i in m.indices { m[i] = classes[i % count] == labels[i / count] ? 0 : -1e30 }
    }.cast(to: x.dtype)
    let (all, own) = (scores.logSoftmax(), scores + mask)
    let right = (all + mask).max(axes: [1], keepingAxes: true)
    let log = ((all + mask - right).exp().sum(axis: 1, keepingAxis: true)).log() + right
    let difference = own.softmax() - all.exp()
    let pull = difference.matmul(x, transposingLeft: true) - w * difference.sum(axis: 0).expanded(at: 1)
    return (-log.mean().scalar, pull * (-1 / (variance * Double(rows))))
  }

  /// The mean cost of samples.
  public func cost(_ x: NDArray, labels: [Int]) throws(RuleError) -> Double {
    gradient(try prototypes.checked(x, labels), labels).cost
  }

  /// The class of each sample's nearest prototype.
  public func predict(_ x: NDArray) throws(RuleError) -> [Int] {
    let x = try RuleSamples.checked(x, "the prototypes", features: prototypes.features)
    return prototypes.classes(of: Prototypes.squaredDistances(x, prototypes.vectors))
  }
}

extension RobustSoftLVQ {
  public var state: RuleState {
    RuleState(Self.kind, arrays: prototypes.arrays, settings: [("variance", .number(variance))])
  }

  /// What ``RuleModel`` read from a file, checked.
  public init(_ state: RuleState) throws(DataError) {
    try state.check(Self.kind)
    let variance = try state.number("variance")
    guard variance > 0 else { throw state.failure("the variance is not positive") }
    self.init(try Prototypes(state), variance: variance)
  }
}
