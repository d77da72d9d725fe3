import Foundation
import HebbArrays
import HebbData
import HebbFiles
import HebbRecipes
import Testing

/// A model's file holds all that asking the network needs.
@Suite struct TrainedModelTests {
  private static func model(_ recipe: String, tone: PictureTone?) throws -> TrainedModel {
    let spec = try #require(Recipe.named(recipe)).spec()
    let (network, input) = try #require(try TrainingSession.networkAlone(TrainingPlan(spec, base: "")))
    let outputs = network.output[0]
    return TrainedModel(
      spec: spec, network: network.model, input: input, classNames: (0..<outputs).map { "class \($0)" },
      outputs: outputs, normalization: Normalization(mean: [0.25], deviation: [3]), tone: tone)
  }

  private static func withFile(_ body: (String) throws -> Void) throws {
    let path = NSTemporaryDirectory() + "hebb-model-\(UUID().uuidString).safetensors"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  @Test func readingGivesTheSameAnswers() throws {
    let model = try TrainedModelTests.model("digits", tone: PictureTone(white: 16, border: 0.05))
    try TrainedModelTests.withFile { path in
      try model.write(to: path)
      let again = try TrainedModel(reading: path)
      let sample = NDArray((0..<64).map { Float($0 % 17) }, shape: [8, 8, 1])
      #expect(again(sample) == model(sample))
      #expect(again.classNames == model.classNames)
      #expect(again.tone == model.tone)
      #expect(abs(again(sample).reduce(0, +) - 1) < 1e-6)
    }
  }

  @Test func damagedFilesAreOneLine() throws {
    let model = try TrainedModelTests.model("iris", tone: nil)
    try TrainedModelTests.withFile { path in
      try model.write(to: path)
      let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
      for length in stride(from: 0, to: bytes.count - 1, by: 97) {
        try Data(bytes[..<length]).write(to: URL(fileURLWithPath: path))
        #expect(TrainedModelTests.error(path)?.contains(where: \.isNewline) == false)
      }
      // Every digit of the description changed in turn: an error, or a network that still answers.
      let header = Int(bytes[0]) | Int(bytes[1]) << 8
      for position in 8..<8 + header where bytes[position] >= 48 && bytes[position] <= 57 {
        var changed = bytes
        changed[position] = bytes[position] == 57 ? 49 : 57
        try Data(changed).write(to: URL(fileURLWithPath: path))
        if let error = TrainedModelTests.error(path) { #expect(error.split(separator: "\n").count == 1) }
      }
    }
  }

  private static func error(_ path: String) -> String? {
    do throws(RecipeError) {
      let model = try TrainedModel(reading: path)
      _ = model(NDArray.zeros(model.input))
      return nil
    } catch { return error.description }
  }

  @Test func picturesAreScaledAndInvertedAsTold() throws {
    let model = try TrainedModelTests.model("mnist-lenet", tone: PictureTone(white: 255, border: 0))
    // A black square on white, four times the network's size, in colour.
    let picture = NDArray(
      (0..<112 * 112).flatMap { i -> [UInt8] in
        let (row, column) = (i / 112, i % 112)
        let isInk = (40..<72).contains(row) && (40..<72).contains(column)
        return [UInt8](repeating: isInk ? 0 : 255, count: 3)
      }, shape: [112, 112, 3])
    let bytes = PNG.encode(picture)
    let plain = try SampleReader(for: model, inverts: false).read(bytes, name: "x")[0]
    #expect(plain.values.shape == [28, 28, 1])
    #expect(plain.looksInverted)
    #expect(plain.values.element(0) == 255 && plain.values.element(14 * 28 + 14) == 0)
    let inverted = try SampleReader(for: model, inverts: true).read(bytes, name: "x")[0]
    #expect(!inverted.looksInverted)
    #expect(inverted.values.element(0) == 0 && inverted.values.element(14 * 28 + 14) == 255)
  }

  @Test func rowsOfNumbers() throws {
    let reader = SampleReader(for: try TrainedModelTests.model("iris", tone: nil), inverts: false)
    let samples = try reader.read(Array("5.1,3.5,1.4,0.2\n\n6;3;4;1\r\n".utf8), name: "x.csv")
    #expect(samples.map(\.name) == ["x.csv:1", "x.csv:3"])
    #expect(samples[1].values.elements(as: Float.self) == [6, 3, 4, 1])
    for text in ["1,2,3", "1,2,3,x", "1,2,3,inf", "", "\u{FFFD}"] {
      #expect(throws: DataError.self) { try reader.read(Array(text.utf8), name: "x.csv") }
    }
    let picture = PNG.encode(NDArray.zeros([4, 4, 1], dtype: .uint8))
    #expect(throws: DataError.self) { try reader.read(picture, name: "x.png") }
  }
}
