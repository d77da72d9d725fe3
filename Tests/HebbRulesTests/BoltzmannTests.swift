import HebbArrays
import HebbRules
import HebbTesting
import Testing

@Suite struct BoltzmannTests {
  private var machine: RestrictedBoltzmann {
    RestrictedBoltzmann(
      weights: reference["rbm.weights"], visibleBias: reference["rbm.visibleBias"],
      hiddenBias: reference["rbm.hiddenBias"])
  }

  @Test func agreesWithScikitLearn() throws {
    let v = reference["rbm.v"]
    let (hidden, energy) = (try machine.features(of: v), try machine.freeEnergy(of: v))
    #expect(difference(hidden, reference["rbm.hidden"]) < 1e-6)
    #expect(difference(energy, reference["rbm.energy"]) < 1e-5)
    let scores = machine.flipScores(v, reference.integers("rbm.places"))
    #expect(difference(scores, reference["rbm.scores"]) < 1e-4)
    let logZ = reference["rbm.logZ"].scalar
    #expect(abs(machine.exactLogPartition() - logZ) < 1e-4)
  }

  /// Weights so large that every draw is sure: three updates by persistent chains.
  @Test func updatesLikeScikitLearn() throws {
    var random = Philox(seed: 0)
    var sure = RestrictedBoltzmann(
      weights: reference["rbm.sure.components_"], visibleBias: reference["rbm.sure.intercept_visible_"],
      hiddenBias: reference["rbm.sure.intercept_hidden_"])
    var training = BoltzmannTraining(epochs: 3, batchSize: 12, learningRate: 0.1)
    training.shuffles = false
    try sure.fit(reference["rbm.v"], training, using: &random)
    #expect(difference(sure.weights, reference["rbm.sure.after.components_"]) < 1e-5)
    #expect(difference(sure.visibleBias, reference["rbm.sure.after.intercept_visible_"]) < 1e-5)
    #expect(difference(sure.hiddenBias, reference["rbm.sure.after.intercept_hidden_"]) < 1e-5)
  }

  @Test func annealingFindsTheExactPartition() throws {
    var random = Philox(seed: 1)
    let weak = RestrictedBoltzmann(
      weights: reference["rbm.weights"] * 0.5, visibleBias: reference["rbm.visibleBias"],
      hiddenBias: reference["rbm.hiddenBias"])
    let exact = weak.exactLogPartition()
    let estimate = try weak.logPartition(
      startingFrom: reference["rbm.v"], temperatures: 2_000, chains: 2_000, using: &random)
    #expect(abs(estimate.value - exact) < 0.01)
    #expect(estimate.low < estimate.value && estimate.value < estimate.high)
  }

  /// Bars: a machine learns which of few pictures there are, and its likelihood comes near the best, −log of their number.
  @Test(arguments: [
    BoltzmannTraining.Method.contrastiveDivergence(steps: 5), .persistent(steps: 5),
  ]) func learnsBars(_ method: BoltzmannTraining.Method) throws {
    var random = Philox(seed: 2)
    let bars = NDArray(shape: [8, 16]) { (x: UnsafeMutableBufferPointer<Float>) in
      for i in x.indices {
        let (bar, row, column) = (i / 16, i % 16 / 4, i % 4)
        x[i] = (bar < 4 ? row == bar : column == bar - 4) ? 1 : 0
      }
    }
    let samples = NDArray.concatenated([NDArray](repeating: bars, count: 10), axis: 0)
    var machine = RestrictedBoltzmann(visible: 16, hidden: 12, using: &random)
    var training = BoltzmannTraining(
      epochs: 3_000, batchSize: 40, method: method, learningRate: 0.05, finalRate: 0.001)
    training.weightDecay = 1e-4
    let before = try machine.logLikelihood(of: bars, logPartition: machine.exactLogPartition())
    try machine.fit(samples, training, using: &random)
    let after = try machine.logLikelihood(of: bars, logPartition: machine.exactLogPartition())
    #expect(before < -10 && after > -3.2, "\(before) to \(after)")
    let known = NDArray((0..<16).map { Float($0 < 8 ? 1 : 0) })
    let repaired = try machine.recall(bars[4..<8], known: known, using: &random)
    #expect(difference(repaired.greater(than: 0.5), bars[4..<8]) == 0)
  }

  /// What is not known is not looked at, and what is known stays: one machine and a stack of them.
  @Test func recallLooksAtWhatIsKnown() throws {
    var random = Philox(seed: 9)
    let machine = RestrictedBoltzmann(
      weights: .normal([16, 12], using: &random), visibleBias: .normal([16], using: &random), hiddenBias: .zeros([12]))
    let network = DeepBeliefNetwork([16, 12, 8], using: &random)
    let x = NDArray.bernoulli([5, 16], probability: 0.5, using: &random)
    let known = NDArray((0..<16).map { Float($0 % 3 == 0 ? 1 : 0) })
    let other = x * known + (1 - x) * (1 - known)
    typealias Recall = (NDArray, inout Philox, @escaping (NDArray) -> Void) throws -> NDArray
    let recalls: [Recall] = [
      { try machine.recall($0, known: known, steps: 20, using: &$1, watcher: $2) },
      { try network.recall($0, known: known, steps: 20, using: &$1, watcher: $2) },
    ]
    for recall in recalls {
      var (first, second) = (Philox(seed: 1), Philox(seed: 1))
      var seen: [NDArray] = []
      let found = try recall(x, &first) { seen.append($0) }
      let again = try recall(other, &second) { _ in }
      #expect(found.fingerprint == again.fingerprint && seen.count == 21)
      #expect((seen + [found]).allSatisfy { difference($0 * known, x * known) == 0 })
      #expect(found.min().scalar >= 0 && found.max().scalar <= 1)
    }
  }

  /// Gaussian units: log Z by counting is that of a mixture of Gaussians, and learning raises the likelihood.
  @Test func gaussianUnits() throws {
    var random = Philox(seed: 3)
    let centers = NDArray([2, 2, -2, 1, 0, -2] as [Float], shape: [3, 2])
    let picks = NDArray((0..<600).map { Int32($0 % 3) })
    let x = centers.gathered(rows: picks) + NDArray.normal([600, 2], standardDeviation: 0.5, using: &random)
    var machine = RestrictedBoltzmann(visible: 2, hidden: 6, kind: .gaussian, using: &random)
    let zero = machine.exactLogPartition()
    let norm = (2 * 3.14159265 as Double)
    // Without weights Z is 2 to the power of the hidden units times that of a normal distribution.
    #expect(abs(zero - (6 * 0.693147 + 1.837877)) < 0.01 && norm > 6)
    let before = try machine.logLikelihood(of: x, logPartition: zero)
    try machine.fit(
      x, BoltzmannTraining(epochs: 300, method: .contrastiveDivergence(steps: 1), learningRate: 0.02), using: &random)
    let after = try machine.logLikelihood(of: x, logPartition: machine.exactLogPartition())
    #expect(after > before + 0.5, "\(before) to \(after)")
  }

  @Test func hiddenUnitsBecomeSparse() throws {
    var random = Philox(seed: 4)
    let x = NDArray.bernoulli([500, 20], probability: 0.5, using: &random)
    var machine = RestrictedBoltzmann(visible: 20, hidden: 30, using: &random)
    var training = BoltzmannTraining(epochs: 100, learningRate: 0.1)
    (training.sparsityTarget, training.sparsityCost) = (0.05, 2)
    try machine.fit(x, training, using: &random)
    let activity = try machine.features(of: x).mean().scalar
    #expect(activity < 0.12)
  }
}
