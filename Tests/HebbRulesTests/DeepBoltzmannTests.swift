import HebbArrays
import HebbData
import HebbRules
import HebbTesting
import Testing

@Suite struct DeepBoltzmannTests {
  /// Four words of six bits.
  private static let words = NDArray(
    [1, 1, 0, 0, 1, 0, 0, 0, 1, 1, 0, 1, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1] as [Float], shape: [4, 6])

  /// A machine without hidden units has exact correlations: learning matches those of the samples.
  @Test func generalMachinesLearnCorrelations() throws {
    var random = Philox(seed: 1)
    let x = NDArray([1, 1, 0, 1, 1, 0, 0, 0, 1, 0, 0, 1, 1, 1, 1, 0, 0, 0] as [Float], shape: [6, 3])
    var machine = BoltzmannMachine(visible: 3, hidden: 0, using: &random)
    let before = try machine.logWeight(of: x).reduce(0, +) / 6 - machine.exactLogPartition()
    try machine.fit(x, updates: 300, learningRate: 0.2, chains: 500, using: &random)
    let after = try machine.logWeight(of: x).reduce(0, +) / 6 - machine.exactLogPartition()
    let free = machine.sample(count: 4_000, annealing: .init(sweeps: 30), using: &random)
    let (theirs, ours) = (
      x.matmul(x, transposingLeft: true) * (1 / 6), free.matmul(free, transposingLeft: true) * (1 / 4_000)
    )
    #expect(difference(theirs, ours) < 0.06)
    #expect(after > before)
  }

  @Test func hiddenUnitsRaiseTheLikelihood() throws {
    var random = Philox(seed: 2)
    var machine = BoltzmannMachine(visible: 6, hidden: 4, using: &random)
    let likelihood = { (machine: BoltzmannMachine) in
      try machine.logWeight(of: Self.words).reduce(0, +) / 4 - machine.exactLogPartition()
    }
    let before = try likelihood(machine)
    try machine.fit(Self.words, updates: 400, learningRate: 0.3, chains: 100, using: &random)
    let after = try likelihood(machine)
    #expect(before < -3.9 && after > -2.6, "\(before) to \(after); the best is −1.39")
  }

  /// A small machine without connections inside its layers is a restricted one.
  @Test func generalMachinesCountLikeRestrictedOnes() throws {
    var random = Philox(seed: 3)
    let w = NDArray.normal([5, 4], using: &random)
    let restricted = RestrictedBoltzmann(
      weights: w, visibleBias: .normal([5], using: &random), hiddenBias: .normal([4], using: &random))
    let top = NDArray.concatenated([NDArray.zeros([5, 5]), w], axis: 1)
    let bottom = NDArray.concatenated([w.transposed(), .zeros([4, 4])], axis: 1)
    let general = BoltzmannMachine(
      weights: .concatenated([top, bottom], axis: 0),
      bias: .concatenated([restricted.visibleBias, restricted.hiddenBias], axis: 0), visible: 5)
    #expect(abs(general.exactLogPartition() - restricted.exactLogPartition()) < 1e-5)
    let x = NDArray.bernoulli([6, 5], probability: 0.5, using: &random)
    let energies: [Float] = try restricted.freeEnergy(of: x).elements()
    let weights = try general.logWeight(of: x)
    #expect(zip(energies, weights).allSatisfy { abs(Double($0) + $1) < 1e-4 })
  }

  @Test func beliefNetworksReconstructDigits() throws {
    var random = Philox(seed: 4)
    let digits = Digits.load()
    let x = digits.features
    var network = DeepBeliefNetwork([64, 80, 40], using: &random)
    var steps = 0
    let training = BoltzmannTraining(
      epochs: 25, batchSize: 50, method: .contrastiveDivergence(steps: 1), learningRate: 0.1, momentum: 0.5)
    let blank = try (network.reconstruct(x) - x).squared().mean().scalar
    try network.fit(x, training, using: &random) { steps = $0.step }
    let learned = try (network.reconstruct(x) - x).squared().mean().scalar
    #expect(steps == 50 && learned < blank / 3, "\(blank) to \(learned)")
    let dreams = try network.sample(count: 3, steps: 50, using: &random)
    #expect(dreams.shape == [3, 64] && dreams.allFinite)
  }

  /// The mean field's bound lies below the exact likelihood, and learning raises both.
  @Test func deepMachinesLearn() throws {
    var random = Philox(seed: 5)
    let x = NDArray.concatenated([NDArray](repeating: Self.words, count: 25), axis: 0)
    var below = DeepBeliefNetwork([6, 8, 5], using: &random)
    try below.fit(x, BoltzmannTraining(epochs: 200, learningRate: 0.1), using: &random)
    var machine = DeepBoltzmann(pretrained: below)
    let exact = { (machine: DeepBoltzmann) in
      // log Σ over h₁ and h₂ for given v is that of a restricted machine of h₂ and h₁, with v's pull as a bias.
      let logZ = machine.folded.exactLogPartition()
      var total = 0.0
      for row in 0..<4 {
        let v = Self.words[row..<row + 1]
        let rest = RestrictedBoltzmann(
          weights: machine.upper.transposed(), visibleBias: machine.secondBias,
          hiddenBias: (v.matmul(machine.lower) + machine.firstBias).reshaped([8]))
        total += rest.exactLogPartition() + (v * machine.visibleBias).sum().scalar - logZ
      }
      return total / 4
    }
    let before = exact(machine)
    try machine.fit(x, BoltzmannTraining(epochs: 600, learningRate: 0.1, finalRate: 0.01), using: &random)
    let after = exact(machine)
    let bound = try machine.logLikelihoodBound(of: Self.words, logPartition: machine.folded.exactLogPartition())
    #expect(after > before && after > -2.6, "\(before) to \(after)")
    #expect(bound <= after + 1e-3 && bound > after - 1.5, "\(bound) below \(after)")
    let features = try machine.features(of: Self.words)
    let dreams = try machine.sample(count: 2, steps: 20, using: &random)
    #expect(features.shape == [4, 13] && dreams.shape == [2, 6])
  }
}
