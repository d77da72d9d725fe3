import HebbData
import HebbTraining
import Testing

@Suite struct ProgressBarTests {
  @Test func anEpochIsALine() throws {
    var text = ""
    let trainer = Trainer(
      smallNet(4, 8, 3, seed: 1), loss: .crossEntropy, optimizer: Adam(), metrics: [Accuracy()])
    trainer.callbacks = [ProgressBar(.lines, interval: 1e9) { text += $0 }]
    try trainer.fit(Iris.load(), validation: Iris.load(), epochs: 10)
    let lines = text.split(separator: "\n")
    #expect(lines.count == 10)
    #expect(lines[0].hasPrefix("epoch  1/10  loss 1.") && lines[9].hasPrefix("epoch 10/10  loss "))
    #expect(
      lines[0].contains("  validation loss ") && lines[0].contains("  accuracy 0.")
        && lines[0].contains("  validation accuracy 0.") && lines[0].hasSuffix(" s"))
    #expect(lines[0].contains("rate 0.0010"))
  }

  @Test func withinAnEpochItTellsTheTimeLeft() throws {
    var text = ""
    let trainer = Trainer(smallNet(4, 8, 3, seed: 1), loss: .crossEntropy, optimizer: Adam())
    trainer.callbacks = [ProgressBar(.lines, interval: 0) { text += $0 }]
    try trainer.fit(Iris.load(), epochs: 1, batchSize: 75)
    let line = try #require(text.split(separator: "\n").first)
    #expect(line.hasPrefix("epoch 1/1 50%  loss 1.") && line.hasSuffix(" left") && line.contains("/s"))
  }
}
