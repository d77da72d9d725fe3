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
        #expect(TrainedModelTests.error(path)?.contains(where: \.isNewline) != true)
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

  /// Pictures of other proportions are not distorted: a square stays a square.
  @Test(arguments: [(40, 120), (120, 40), (56, 57), (3, 500), (28, 28)])
  func proportionsAreKept(_ height: Int, _ width: Int) throws {
    let side = min(height, width) / 2
    let (top, left) = ((height - side) / 2, (width - side) / 2)
    let picture = NDArray(
      (0..<height * width).map { i -> UInt8 in
        let (row, column) = (i / width, i % width)
        return (top..<top + side).contains(row) && (left..<left + side).contains(column) ? 255 : 20
      }, shape: [height, width, 1])
    let model = try TrainedModelTests.model("mnist-lenet", tone: PictureTone(white: 255, border: 0))
    let sample = try SampleReader(for: model, inverts: false).read(PNG.encode(picture), name: "x")[0]
    let pixels = sample.values.elements(as: Float.self)
    #expect(pixels[0] == 20 && pixels[783] == 20)
    // The light that the square adds is its area, scaled by the longer side.
    let light = pixels.reduce(0) { $0 + Double($1 - 20) / 235 }
    let scaled = Double(side) * 28 / Double(max(height, width))
    #expect(abs(light - scaled * scaled) <= 0.06 * scaled * scaled + 0.5, "\(light) for \(scaled * scaled)")
    // Its middle is that of the picture.
    let rows = (0..<28).map { row in (0..<28).reduce(0) { $0 + Double(pixels[row * 28 + $1] - 20) } }
    let total = rows.reduce(0, +)
    let middle = zip(0..<28, rows).reduce(0) { $0 + (Double($1.0) + 0.5) * $1.1 } / total
    #expect(abs(middle - 14) <= 0.8, "\(middle)")
  }

  /// Digits that people draw, of any size and anywhere, are read: a ring and a bar, black on white and white on black.
  @Test func drawnDigitsAreRead() throws {
    var plan = TrainingPlan(try #require(Recipe.named("digits")).spec(), base: "")
    plan.epochs = 8
    let session = try TrainingSession(plan)
    try session.fit()
    try TrainedModelTests.withFile { path in
      try session.saveModel(to: path)
      let model = try TrainedModel(reading: path)
      #expect(try #require(model.tone?.ink) > 0.9)
      for (height, width, row, column) in [(200, 200, 100.0, 100.0), (300, 180, 90, 60), (90, 260, 45, 190)] {
        for (digit, isInk) in [(0, TrainedModelTests.ring), (1, TrainedModelTests.bar)] {
          let pixels = (0..<height * width).map { place -> UInt8 in
            isInk(Double(place / width) - row, Double(place % width) - column) ? 0 : 255
          }
          let bytes = PNG.encode(NDArray(pixels, shape: [height, width, 1]))
          let sample = try SampleReader(for: model, inverts: true).read(bytes, name: "x")[0]
          let shares = model(sample.values)
          #expect(shares.firstIndex(of: try #require(shares.max())) == digit, "\(height) × \(width): \(shares)")
        }
      }
    }
  }

  private static func ring(_ down: Double, _ right: Double) -> Bool {
    let radius = (down * down / (35 * 35) + right * right / (24 * 24)).squareRoot()
    return radius <= 1 && radius > 0.6
  }

  private static func bar(_ down: Double, _ right: Double) -> Bool { abs(down) <= 35 && abs(right) <= 7 }

  @Test func cuttingKeepsTheMiddle() {
    // Four columns of which the outer ones are cut off, then four rows likewise.
    let wide = NDArray([10, 20, 30, 40, 10, 20, 30, 40] as [UInt8], shape: [2, 4, 1])
    #expect(Picture.fitted(wide, height: 2, width: 2, by: .crop).elements(as: UInt8.self) == [20, 30, 20, 30])
    let high = NDArray([10, 10, 20, 20, 30, 30, 40, 40] as [UInt8], shape: [4, 2, 1])
    #expect(Picture.fitted(high, height: 2, width: 2, by: .crop).elements(as: UInt8.self) == [20, 20, 30, 30])
    #expect(Picture.fitted(wide, height: 4, width: 4, by: .pad).elements(as: UInt8.self).prefix(4) == [20, 20, 20, 20])
    #expect(
      Picture.fitted(high, height: 4, width: 2, by: .pad).elements(as: UInt8.self) == high.elements(as: UInt8.self))
  }

  @Test func tablesWithNamesOfColumns() throws {
    let spec = try NetworkSpec(
      yaml: "data: {table: t.csv, target: kind}\nnetwork: [linear: classes]", file: "x.yaml")
    let network = try NetworkBuilder.build(spec, input: [2], outputs: 2, seed: 1)
    let model = TrainedModel(
      spec: spec, network: network.model, input: [2], classNames: ["a", "b"], outputs: 2, normalization: .identity,
      tone: nil)
    let reader = SampleReader(for: model, inverts: false)
    func values(_ text: String) throws -> [[Float]] {
      try reader.read(Array(text.utf8), name: "t.csv").map { $0.values.elements(as: Float.self) }
    }
    #expect(try values("kind,the width,height\r\na,1,2\r\nb,3,4\r\n") == [[1, 2], [3, 4]])
    #expect(try values("width;height\n1;2") == [[1, 2]])
    #expect(try values(" 1, 2 \n3\t4\n5 6") == [[1, 2], [3, 4], [5, 6]])
    for text in ["sort,width,height\na,1,2", "1,2,a", "width,height", "1,,2"] {
      #expect(throws: DataError.self) { try values(text) }
    }
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
