import Foundation
import HebbArrays
import HebbRules
import HebbTesting
import Testing

/// A training that is stopped and gone on with ends in the same bits as one that is not.
@Suite struct RuleCheckpointTests {
  typealias Fit = @Sendable (inout Philox, RuleCheckpoint?) throws -> any RuleModel

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let fit: Fit

    init(_ name: String, _ fit: @escaping Fit) { (testDescription, self.fit) = (name, fit) }
  }

  static let x: NDArray = {
    var random = Philox(seed: 21)
    return .uniform([30, 5], using: &random)
  }()
  static let bits = x.greater(than: 0.5)
  static let labels = (0..<30).map { $0 % 3 }

  static func prototypes(_ random: inout Philox) throws(RuleError) -> Prototypes {
    try Prototypes(x, labels: labels, perClass: 2, using: &random)
  }

  static func map(_ distance: MapDistance = .euclidean, _ random: inout Philox) -> SelfOrganizingMap {
    SelfOrganizingMap(MapGrid(4, 3), features: 5, sigma: 1.5, distance: distance, using: &random)
  }

  static func lvq(_ rule: LearningVectorQuantization.Rule) -> Fit {
    { random, checkpoint in
      var network = LearningVectorQuantization(try prototypes(&random), rule: rule)
      try network.fit(x, labels: labels, epochs: 6, using: &random, checkpoint: checkpoint)
      return network
    }
  }

  static func generalized(_ metric: GeneralizedLVQ.Metric) -> Fit {
    { random, checkpoint in
      var network = GeneralizedLVQ(try prototypes(&random), metric: metric)
      try network.fit(x, labels: labels, epochs: 6, batchSize: 8, using: &random, checkpoint: checkpoint)
      return network
    }
  }

  static func machine(_ training: BoltzmannTraining, _ kind: RestrictedBoltzmann.Visible = .bernoulli) -> Fit {
    { random, checkpoint in
      var machine = RestrictedBoltzmann(visible: 5, hidden: 4, kind: kind, using: &random)
      try machine.fit(x, training, using: &random, checkpoint: checkpoint)
      return machine
    }
  }

  static var sparse: BoltzmannTraining {
    var training = BoltzmannTraining(epochs: 4, batchSize: 7, learningRate: 0.2, finalRate: 0.01, momentum: 0.5)
    (training.sparsityCost, training.drawsSamples) = (0.1, true)
    return training
  }

  static let maps: [Case] = MapDistance.allCases.map { distance in
    Case("som \(distance)") { random, checkpoint in
      var map = map(distance, &random)
      try map.fit(x, updates: 400, order: .random, using: &random, checkpoint: checkpoint)
      return map
    }
  }

  static let others: [Case] = [
    Case("som by epochs") { random, checkpoint in
      var map = map(.euclidean, &random)
      try map.fit(x, epochs: 20, order: .random, using: &random, checkpoint: checkpoint)
      return map
    },
    Case("som in batches") { random, checkpoint in
      var map = map(.euclidean, &random)
      try map.fitBatch(x, epochs: 8, checkpoint: checkpoint)
      return map
    },
    Case("gng") { random, checkpoint in
      var gas = try GrowingNeuralGas(x, growth: .init(units: 12, interval: 300), using: &random)
      try gas.fit(x, steps: 5_500, using: &random, checkpoint: checkpoint)
      return gas
    },
    Case("lvq1", lvq(.lvq1)), Case("olvq1", lvq(.olvq1)), Case("lvq2.1", lvq(.lvq21(window: 0.4))),
    Case("lvq3", lvq(.lvq3(window: 0.4, epsilon: 0.1))), Case("glvq", generalized(.euclidean)),
    Case("grlvq", generalized(.relevance)), Case("gmlvq", generalized(.matrix(components: 3))),
    Case("rslvq") { random, checkpoint in
      var network = RobustSoftLVQ(try prototypes(&random))
      try network.fit(x, labels: labels, epochs: 6, batchSize: 8, using: &random, checkpoint: checkpoint)
      return network
    },
    Case("art1") { random, checkpoint in
      var network = ART1(features: 5, vigilance: 0.6)
      try network.fit(bits, passes: 4, checkpoint: checkpoint)
      return network
    },
    Case("art2") { random, checkpoint in
      var network = ART2(features: 5, vigilance: 0.95)
      try network.fit(x, passes: 3, checkpoint: checkpoint)
      return network
    },
    Case("fuzzy art") { random, checkpoint in
      var network = FuzzyART(features: 5, vigilance: 0.7, learningRate: 0.5)
      try network.fit(x, passes: 3, checkpoint: checkpoint)
      return network
    },
    Case("fuzzy artmap") { random, checkpoint in
      var network = FuzzyARTMAP(features: 5, vigilance: 0.2)
      try network.fit(x, labels: labels, passes: 5, checkpoint: checkpoint)
      return network
    },
    Case("rbm, persistent", machine(sparse)),
    Case("rbm, CD-2", machine(BoltzmannTraining(epochs: 3, batchSize: 8, method: .contrastiveDivergence(steps: 2)))),
    Case("rbm, Gaussian", machine(BoltzmannTraining(epochs: 3, batchSize: 8, learningRate: 0.01), .gaussian)),
    Case("dbn") { random, checkpoint in
      var network = DeepBeliefNetwork([5, 4, 3], using: &random)
      try network.fit(x, sparse, using: &random, checkpoint: checkpoint)
      return network
    },
    Case("dbn, each machine in its own way") { random, checkpoint in
      var network = DeepBeliefNetwork([5, 4, 3], using: &random)
      let below = BoltzmannTraining(epochs: 2, batchSize: 8, method: .contrastiveDivergence(steps: 1), momentum: 0.5)
      try network.fit(x, [below, sparse], using: &random, checkpoint: checkpoint)
      return network
    },
    Case("dbm") { random, checkpoint in
      var machine = DeepBoltzmann(visible: 5, first: 4, second: 3, using: &random)
      try machine.fit(x, BoltzmannTraining(epochs: 5, batchSize: 8), using: &random, checkpoint: checkpoint)
      return machine
    },
    Case("boltzmann") { random, checkpoint in
      var machine = BoltzmannMachine(visible: 5, hidden: 2, using: &random)
      try machine.fit(bits, updates: 4, chains: 9, using: &random, checkpoint: checkpoint)
      return machine
    },
    Case("perceptron") { random, checkpoint in
      var network = Perceptron(features: 5, classes: 3)
      try network.fit(x, labels: labels, epochs: 6, shuffles: true, using: &random, checkpoint: checkpoint)
      return network
    },
    Case("adaline") { random, checkpoint in
      var network = Adaline(features: 5, outputs: 5)
      try network.fit(
        x, targets: bits, epochs: 6, learningRate: 0.01, shuffles: true, using: &random, checkpoint: checkpoint)
      return network
    },
    Case("oja") { random, checkpoint in
      var network = OjaNetwork(features: 5, components: 2, using: &random)
      try network.fit(x, epochs: 6, using: &random, checkpoint: checkpoint)
      return network
    },
  ]

  private func prints(_ model: any RuleModel, _ random: Philox) -> [UInt64] {
    var next = random
    return model.state.arrays.map(\.value.fingerprint) + [next.next(), next.next()]
  }

  /// Stopped after every step, or after every third; saved at every step, or only when it is stopped.
  @Test(arguments: maps + others) func stoppedTrainingsGoOn(_ item: Case) throws {
    var random = Philox(seed: 3)
    _ = random.next()
    let start = random
    let whole = try item.fit(&random, nil)
    let wanted = prints(whole, random)
    for every in [1, 3] {
      let path = temporaryFile("checkpoint.safetensors")
      defer { try? FileManager.default.removeItem(atPath: path) }
      var (stops, asked) = (0, 0)
      let shouldStop = { () -> Bool in
        asked += 1
        return asked == every
      }
      var checkpoint = RuleCheckpoint(path, every: every == 1 ? 0 : 10, stopsWhen: shouldStop)
      while true {
        random = start
        asked = 0
        do {
          let model = try item.fit(&random, checkpoint)
          #expect(prints(model, random) == wanted)
          break
        } catch RuleError.interrupted(let step, let steps) {
          stops += 1
          try #require(step < steps && stops <= steps)
          checkpoint = try RuleCheckpoint(resuming: path, every: every == 1 ? 0 : 10, stopsWhen: shouldStop)
        }
      }
      #expect(stops > 0)
      // What is done stays done.
      random = start
      let again = try item.fit(&random, RuleCheckpoint(resuming: path))
      #expect(prints(again, random) == wanted)
    }
  }

  private func problem(_ body: () throws -> Void) -> String {
    do { try body() } catch { return "\(error)" }
    return "nothing"
  }

  /// Other samples, other settings, other networks and other files are refused, and the network stays as it was.
  @Test func othersAreRefused() throws {
    let path = temporaryFile("checkpoint.safetensors")
    defer { try? FileManager.default.removeItem(atPath: path) }
    var random = Philox(seed: 3)
    var map = Self.map(.euclidean, &random)
    try map.fit(Self.x, updates: 50, using: &random, checkpoint: RuleCheckpoint(path))
    let before = map.weights.fingerprint
    let go = { (x: NDArray, updates: Int) throws in
      try map.fit(x, updates: updates, using: &random, checkpoint: try RuleCheckpoint(resuming: path))
    }
    #expect(problem { try go(Self.x, 60) }.contains("the run was begun with updates 50, not 60"))
    #expect(problem { try go(Self.bits, 50) }.contains("the run was begun with samples"))
    #expect(map.weights.fingerprint == before)
    var large = SelfOrganizingMap(MapGrid(5, 5), features: 5, using: &random)
    #expect(
      problem {
        try large.fit(Self.x, updates: 50, using: &random, checkpoint: try RuleCheckpoint(resuming: path))
      }.contains("another map"))
    var network = OjaNetwork(features: 5, using: &random)
    #expect(
      problem { try network.fit(Self.x, epochs: 2, using: &random, checkpoint: try RuleCheckpoint(resuming: path)) }
        .contains("of kind training of som, not training of oja"))
    #expect(problem { _ = try SelfOrganizingMap(reading: path) }.contains("training of som"))
    try map.save(to: path)
    #expect(problem { try go(Self.x, 50) }.contains("of kind som, not training of som"))
    #expect(problem { _ = try RuleCheckpoint(resuming: path + ".none") }.contains(path))
    let nowhere = RuleCheckpoint(path + "/nowhere/x", every: 0)
    #expect(problem { try map.fit(Self.x, updates: 5, using: &random, checkpoint: nowhere) }.contains("nowhere/x"))
  }
}
