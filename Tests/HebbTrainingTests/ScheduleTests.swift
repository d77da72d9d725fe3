import HebbArrays
import HebbData
import HebbLayers
import HebbTraining
import Testing

/// Rates of PyTorch's schedulers; made by Tests/Reference/schedules.py.
@Suite struct ScheduleTests {
  @Test(arguments: [
    ("step", Schedule.step(every: .epochs(7), factor: 0.5)),
    ("multiStep", .multiStep([.steps(5), .epochs(12), .steps(30)], factor: 0.1)),
    ("exponential", .exponential(factor: 0.9)),
    ("cosine", .cosine(to: 0.1)),
    ("restarts", .cosine(to: 0.05, over: .steps(5), restarts: true, periodFactor: 2)),
    ("oneCycle", .oneCycle()),
    ("warmUp", .warmUp(.epochs(8), from: 0.25)),
  ])
  func followsPyTorch(_ name: String, _ schedule: Schedule) throws {
    let expected = try #require(try referenceLines("schedules.txt").first { $0.name == name }).numbers
    #expect(expected.count == 40)
    for (step, rate) in expected.enumerated() {
      let factor = schedule.factor(step: step, of: 40, stepsPerEpoch: 1)
      #expect(abs(factor - rate) < 1e-12, "step \(step): \(factor), not \(rate)")
    }
  }

  @Test func warmUpHandsOver() {
    let schedule = Schedule.warmUp(.steps(10), then: .cosine())
    #expect(schedule.factor(step: 0, of: 110, stepsPerEpoch: 10) == 0)
    #expect(schedule.factor(step: 5, of: 110, stepsPerEpoch: 10) == 0.5)
    #expect(schedule.factor(step: 10, of: 110, stepsPerEpoch: 10) == 1)
    #expect(abs(schedule.factor(step: 60, of: 110, stepsPerEpoch: 10) - 0.5) < 1e-15)
    #expect(abs(schedule.factor(step: 110, of: 110, stepsPerEpoch: 10)) < 1e-15)
  }

  @Test func epochsCountTheirSteps() {
    let schedule = Schedule.step(every: .epochs(2), factor: 0.5)
    #expect((0..<80).allSatisfy { schedule.factor(step: $0, of: 80, stepsPerEpoch: 20) == ($0 < 40 ? 1 : 0.5) })
    #expect(Schedule.exponential(factor: 0.5).factor(step: 59, of: 80, stepsPerEpoch: 20) == 0.25)
  }

  @Test func plateauFollowsPyTorch() throws {
    let lines = try referenceLines("schedules.txt")
    let losses = try #require(lines.first { $0.name == "losses" }).numbers
    let rates = try #require(lines.first { $0.name == "plateau" }).numbers
    let trainer = Trainer(smallNet(2, 2, 2, seed: 1), loss: .crossEntropy, optimizer: SGD(learningRate: 1))
    var plateau = ReduceOnPlateau(factor: 0.5, patience: 2, cooldown: 1)
    var reached: [Double] = []
    for (index, loss) in losses.enumerated() {
      try plateau.epochEnded(EpochRecord(epoch: index + 1, trainingLoss: loss, learningRate: 1), trainer)
      reached.append(plateau.state["total"] ?? .nan)
      // What it remembers is all in its state.
      let state = plateau.state
      plateau = ReduceOnPlateau(factor: 0.5, patience: 2, cooldown: 1)
      plateau.state = state
    }
    #expect(reached == rates)
  }

  @Test func rateFinderLeavesTheWeights() throws {
    let model = smallNet(4, 16, 3, seed: 1)
    let before = model.parameters.map { $0.value.elements(as: Float.self) }
    let trainer = Trainer(model, loss: .crossEntropy, optimizer: SGD(learningRate: 1e-3))
    let curve = trainer.findLearningRate(Iris.load(), from: 1e-5, to: 100)
    #expect(model.parameters.map { $0.value.elements(as: Float.self) } == before)
    #expect(curve.rates.count == curve.losses.count && curve.rates.count > 20)
    #expect(zip(curve.rates, curve.rates.dropFirst()).allSatisfy { $0 < $1 })
    let suggestion = try #require(curve.suggestion)
    #expect(suggestion > 1e-3 && suggestion < 5)
  }
}
