import HebbArrays
import HebbData
import HebbLayers
import HebbTesting
import HebbTraining
import Testing

@Suite struct ModelFileTests {
  @Test func everythingComesBack() throws {
    try withTemporaryFolder { folder in
      let (data, path) = (Iris.load(), folder + "/model.safetensors")
      let trainer = Trainer(smallNet(4, 8, 3, seed: 1), loss: .crossEntropy, optimizer: Adam(), metrics: [Accuracy()])
      try trainer.fit(data, validation: data, epochs: 2)
      let normalization = Normalization(fitting: data.inputs)
      try trainer.saveModel(
        to: path, configuration: "{\"units\": 8}", classNames: data.classNames, normalization: normalization,
        notes: ["alphabet": "äöü\n中"])
      let file = try ModelFile(reading: path)
      #expect(file.configuration == "{\"units\": 8}" && file.classNames == data.classNames)
      #expect(file.normalization == normalization && file.notes == ["alphabet": "äöü\n中"])
      #expect(file.history == trainer.history)
      let other = smallNet(4, 8, 3, seed: 2)
      try file.load(into: other)
      #expect(other(data.inputs).elements(as: Float.self) == trainer.predict(data.inputs).elements(as: Float.self))
    }
  }

  @Test func anotherNetworkIsRefused() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/model.safetensors"
      try ModelFile(smallNet(4, 8, 3, seed: 1)).write(to: path)
      let file = try ModelFile(reading: path)
      let wider = smallNet(4, 9, 3, seed: 1)
      let text = try message { try file.load(into: wider) }
      #expect(text.contains(path) && text.contains("[4, 8]") && text.contains("[4, 9]"))
      var random = Philox(seed: 1)
      let shorter = Sequential { Linear(4, 8, using: &random) }
      #expect(try message { try file.load(into: shorter) }.contains("2.bias"))
      let longer = Sequential { [smallNet(4, 8, 3, seed: 1), Linear(3, 3, using: &random)] as [any Layer] }
      #expect(try message { try file.load(into: longer) }.contains("0.0.weight"))
      #expect(try message { _ = try ModelFile(reading: folder + "/none") }.contains("cannot be opened"))
      #expect(try message { _ = try Checkpoint(reading: path) }.contains("it is no checkpoint"))
    }
  }
}
