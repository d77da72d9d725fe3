import HebbArrays
import HebbData
import HebbLayers
import HebbTraining
import Testing

@Suite struct LearningTests {
  @Test func learnsIris() throws {
    let (train, test) = Iris.load().stratifiedSplit(testFraction: 0.2, seed: 3)
    let trainer = Trainer(
      smallNet(4, 16, 3, seed: 1), loss: .crossEntropy, optimizer: Adam(learningRate: 0.02), metrics: [Accuracy()])
    let history = try trainer.fit(train, validation: test, epochs: 60, batchSize: 16)
    #expect(history.epochs.count == 60)
    #expect(try #require(history.last?.validationMetrics.first?.value) >= 0.9)
    #expect(try #require(history.last?.trainingLoss) < 0.15)
  }

  @Test func learnsDigits() throws {
    let (train, test) = Digits.load().stratifiedSplit(testFraction: 0.2, seed: 3)
    var random = Philox(seed: 1)
    let model = Sequential {
      Flatten()
      Linear(64, 64, using: &random)
      ReLU()
      Linear(64, 10, using: &random)
    }
    let trainer = Trainer(
      model, loss: .crossEntropy, optimizer: SGD(learningRate: 0.1, momentum: 0.9), metrics: [Accuracy()],
      schedule: .cosine())
    let history = try trainer.fit(train, validation: test, epochs: 12)
    #expect(try #require(history.last?.validationMetrics.first?.value) > 0.95)
  }
}

/// Two linear layers with ReLU between them.
func smallNet(_ inputs: Int, _ hidden: Int, _ outputs: Int, seed: UInt64) -> Sequential {
  var random = Philox(seed: seed)
  return Sequential {
    Linear(inputs, hidden, using: &random)
    ReLU()
    Linear(hidden, outputs, using: &random)
  }
}
