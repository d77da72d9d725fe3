import HebbArrays
import HebbData
import HebbLayers
import HebbTesting
import HebbTraining
import Testing

@Suite struct DiagnosisTests {
  private func verdict(_ training: [Double], _ validation: [Double]) -> CurveDiagnosis.Verdict {
    History(
      zip(training, validation).enumerated().map { index, losses in
        EpochRecord(epoch: index + 1, trainingLoss: losses.0, validationLoss: losses.1, learningRate: 0.1)
      }
    ).diagnosis.verdict
  }

  @Test func curvesAreJudged() {
    #expect(verdict([2, 1], [2, 1]) == .tooEarly)
    #expect(verdict([2, 1.5, 1.2, 1], [2.1, 1.6, 1.3, 1.1]) == .learning)
    #expect(verdict([2.3, 2.29, 2.29, 2.289, 2.289], [2.3, 2.3, 2.3, 2.3, 2.3]) == .underfitting)
    #expect(verdict([2, 1.2, 0.8, 0.5, 0.3, 0.2], [2, 1.3, 1.1, 1.2, 1.4, 1.7]) == .overfitting(since: 4))
    // No rise, but validation stays far above training.
    #expect(
      verdict([2, 0.9, 0.5, 0.3, 0.2, 0.1, 0.1], [2, 1.4, 0.95, 0.9, 0.9, 0.9, 0.9]) == .overfitting(since: 4))
    #expect(verdict([2, 0.5, 0.2, 0.1, 0.1, 0.1, 0.1], [2, 0.5, 0.2, 0.11, 0.105, 0.105, 0.105]) == .converged)
    #expect(verdict([0.7025, 0.7023, 0.7021], [0.7025, 0.7024, 0.7023]) == .learning)
    #expect(verdict([2.3295, 2.3295, 2.3295], [2.33, 2.33, 2.33]) == .underfitting)
    // Training goes up and down, and validation is better: nothing was learned by heart.
    #expect(
      verdict([1.1, 0.49, 0.6, 0.52, 0.55, 0.5, 0.53, 0.508], [0.9, 0.5, 0.43, 0.44, 0.45, 0.44, 0.44, 0.439])
        == .converged)
    // A validation loss that goes up and down does not rise.
    #expect(verdict([2, 1, 0.9, 0.8, 0.7, 0.6], [2, 1, 1.3, 1, 1.3, 1.1]) == .stalled(since: 3))
  }

  /// The last epochs of two real runs: a LeNet on Fashion-MNIST, and the recipe digits with seed 5.
  @Test func realCurvesAreJudged() {
    #expect(
      verdict(
        [0.3380, 0.3140, 0.2926, 0.2697, 0.2556, 0.2384, 0.2159, 0.1948, 0.1730, 0.1566, 0.1417, 0.1352],
        [0.3474, 0.3344, 0.3326, 0.2943, 0.2888, 0.3251, 0.2861, 0.2749, 0.2671, 0.2707, 0.2685, 0.2678])
        == .stalled(since: 10))
    #expect(
      verdict(
        [1.9335, 0.8031, 0.3003, 0.2285, 0.2303, 0.1991, 0.1162, 0.0730, 0.0514, 0.0486, 0.0319, 0.0340],
        [0.9679, 0.1664, 0.1197, 0.2257, 0.0851, 0.1276, 0.0714, 0.0479, 0.0344, 0.0414, 0.0402, 0.0399])
        == .stalled(since: 10))
  }

  @Test func oneEpochIsNoPlural() {
    let history = History([EpochRecord(epoch: 1, trainingLoss: 1, learningRate: 0.1)])
    #expect(history.diagnosis.description == "After 1 epoch it is too early to judge.")
  }

  /// The log of a run that is stopped and goes on is that of a run that is not.
  @Test func everyEpochIsLoggedOnce() throws {
    try withTemporaryFolder { folder in
      func run(_ name: String, epochs: Int, resumes: Bool = false) throws -> LayerLog {
        let trainer = Trainer(smallNet(4, 8, 3, seed: 1), loss: .crossEntropy, optimizer: Adam(), seed: 2)
        let health = LayerHealth()
        let log = LayerLog("\(folder)/\(name).csv", of: health)
        trainer.callbacks = [health, log]
        if resumes { try trainer.resume(from: "\(folder)/checkpoint.safetensors") }
        try trainer.fit(Iris.load(), validation: Iris.load(), epochs: epochs)
        if !resumes { try trainer.saveCheckpoint(to: "\(folder)/checkpoint.safetensors") }
        return log
      }
      func text(_ name: String) throws -> String {
        try String(contentsOfFile: "\(folder)/\(name).csv", encoding: .utf8)
      }
      _ = try run("whole", epochs: 6)
      _ = try run("parts", epochs: 4)
      // As after a crash: the file is longer than the checkpoint knows.
      try (text("parts") + "5,learning,0,1,1,1,1\n").write(
        toFile: "\(folder)/parts.csv", atomically: true, encoding: .utf8)
      let log = try run("parts", epochs: 6, resumes: true)
      #expect(try text("parts") == text("whole"))
      #expect(log.rows.map(\.epoch) == [1, 2, 3, 4, 5, 6])
      #expect(log.paths == ["0.weight", "0.bias", "2.weight", "2.bias"])
      #expect(log.rows.prefix(3).map(\.verdict) == ["too early", "too early", "learning"])
      #expect(log.rows.allSatisfy { $0.norms.allSatisfy { $0 > 0 } })
      #expect(try text("whole").hasPrefix("epoch,verdict,findings,0.weight,0.bias,2.weight,2.bias\n1,too early,"))
    }
  }

  @Test func deadUnitsAndGradientsAreFound() throws {
    let model = smallNet(4, 8, 3, seed: 1)
    guard let hidden = model.layers.first as? Linear, let bias = hidden.bias else {
      Issue.record("the first layer is not linear")
      return
    }
    bias.value = NDArray([-1e6, -1e6, 0, 0, 0, 0, 0, 0] as [Float])
    let trainer = Trainer(model, loss: .crossEntropy, optimizer: SGD(learningRate: 0.01))
    var reported: [LayerFinding] = []
    let health = LayerHealth { reported.append($0) }
    trainer.callbacks = [health]
    try trainer.fit(Iris.load(), epochs: 2)
    #expect(health.norms.map(\.path) == ["0.weight", "0.bias", "2.weight", "2.bias"])
    #expect(health.history.count == 2)
    let dead = health.findings.compactMap { finding -> Int? in
      if case .dead(path: "1 (ReLU)", let units, of: 8) = finding { return units }
      return nil
    }
    #expect(dead.count == 1 && dead[0] >= 2)
    // What stays wrong is reported once.
    #expect(reported.count == Set(reported.map(\.description)).count)
    #expect(String(describing: health.findings[0]).contains("units are dead after 1 (ReLU)"))
  }

  @Test func vanishingGradientsAreFound() throws {
    var random = Philox(seed: 1)
    let model = Sequential {
      Linear(4, 8, using: &random)
      for _ in 0..<12 {
        Sigmoid()
        Linear(8, 8, using: &random)
      }
    }
    let trainer = Trainer(model, loss: .crossEntropy, optimizer: SGD(learningRate: 0.01))
    let health = LayerHealth()
    trainer.callbacks = [health]
    try trainer.fit(Iris.load(), epochs: 1)
    #expect(
      health.findings.contains {
        if case .vanishing(path: "0.weight (Linear(4 → 8))", _, _) = $0 { true } else { false }
      })
  }

  /// Two of eight units are driven far to one side of an activation.
  @Test(
    arguments: [
      Stuck(ReLU(), -1e3, dead: 2), Stuck(HardSigmoid(), 1e3, dead: 2), Stuck(HardSigmoid(), -1e3, dead: 2),
      Stuck(Sigmoid(), 30, saturated: 2), Stuck(Sigmoid(), -30, saturated: 2), Stuck(Tanh(), 8, saturated: 2),
      Stuck(ELU(), -20, saturated: 2), Stuck(Softplus(), -20, saturated: 2), Stuck(SELU(), 20),
      Stuck(SELU(), -20, saturated: 2),
      Stuck(LeakyReLU(), -1e3), Stuck(PReLU(), -1e3), Stuck(GELU(), 20), Stuck(Softplus(), 20), Stuck(Tanh(), 0),
    ])
  func stuckUnitsAreFound(_ stuck: Stuck) throws {
    var random = Philox(seed: 1)
    let hidden = Linear(4, 8, initializer: .normal(0.01), using: &random)
    try #require(hidden.bias).value = NDArray([stuck.shift, stuck.shift, 1, 1, 1, 1, 1, 1])
    let model = Sequential([hidden, stuck.activation(), Linear(8, 3, using: &random)])
    let trainer = Trainer(model, loss: .crossEntropy, optimizer: SGD(learningRate: 1e-6))
    let health = LayerHealth()
    trainer.callbacks = [health]
    try trainer.fit(Iris.load(), epochs: 1)
    var (dead, saturated) = (0, 0)
    for finding in health.findings {
      if case .dead(let path, let units, of: 8) = finding, path.hasPrefix("1 (") { dead += units }
      if case .saturated(let path, let units, of: 8) = finding, path.hasPrefix("1 (") { saturated += units }
    }
    #expect(dead == stuck.dead && saturated == stuck.saturated, "\(health.findings)")
  }

  /// A network that answers yes or no with certainty is not ill.
  @Test func certainAnswersAreNoFinding() throws {
    var random = Philox(seed: 1)
    let answer = Linear(4, 1, initializer: .zeros, using: &random)
    try #require(answer.bias).value = NDArray([40] as [Float])
    let data = ArrayDataset(
      name: "yes", inputs: .normal([8, 4], using: &random), targets: NDArray.ones([8, 1]))
    let trainer = Trainer(
      Sequential([answer, Sigmoid()]), loss: .meanSquaredError, optimizer: SGD(learningRate: 0.01))
    let health = LayerHealth()
    trainer.callbacks = [health]
    try trainer.fit(data, epochs: 1)
    #expect(!health.findings.contains { if case .saturated = $0 { true } else { false } })
  }
}

/// An activation, how far two of its units are shifted, and what is to be found.
struct Stuck: Sendable, CustomTestStringConvertible {
  let activation: @Sendable () -> any Layer
  let shift: Float
  let dead: Int
  let saturated: Int

  init(
    _ activation: @autoclosure @escaping @Sendable () -> any Layer, _ shift: Float, dead: Int = 0, saturated: Int = 0
  ) {
    (self.activation, self.shift, self.dead, self.saturated) = (activation, shift, dead, saturated)
  }

  var testDescription: String { "\(activation()) shifted by \(shift)" }
}
