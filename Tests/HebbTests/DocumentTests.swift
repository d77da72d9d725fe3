import Foundation
import Hebb
import HebbTesting
import Testing

/// What the documents show in Swift compiles and does what they say: it stands in `DocumentExamples.swift` too.
@Suite struct DocumentTests {
  @Test(arguments: ["README.md", "CONTRIBUTING.md", "Sources/Hebb/Hebb.docc/Hebb.md"])
  func examplesAreThoseThatAreCompiled(_ name: String) throws {
    let compiled = try DocumentTests.meat(
      Document.lines(of: Document.root + "Tests/HebbTests/DocumentExamples.swift"))
    let blocks = try Document(name).blocks.filter { $0.language == "swift" }
    #expect(!blocks.isEmpty)
    for block in blocks {
      let lines = DocumentTests.meat(block.lines)
      let isThere = compiled.indices.contains { compiled[$0...].starts(with: lines) }
      #expect(
        isThere, "\(name): copy this into DocumentExamples.swift and try it there:\n\(lines.joined(separator: "\n"))")
      for line in block.lines where line.hasPrefix("import ") {
        #expect(["import Hebb", "import HebbArrays", "import HebbAutograd"].contains(line), "\(name): \(line)")
      }
    }
  }

  /// Every fence says what it holds, so that none is overlooked.
  @Test(arguments: ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "Sources/Hebb/Hebb.docc/Hebb.md"])
  func everyBlockHasALanguage(_ name: String) throws {
    for block in try Document(name).blocks { #expect(["swift", "sh", "text", "yaml"].contains(block.language)) }
    var before = ""
    for line in try Document.lines(of: Document.root + name) {
      #expect(!(before.isEmpty && line.hasPrefix("    ")) || name == "ARCHITECTURE.md", "no fence around: \(line)")
      before = line
    }
  }

  /// Lines without indentation, empty ones and imports.
  private static func meat(_ lines: [String]) -> [String] {
    lines.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty && !$0.hasPrefix("import ") }
  }

  @Test func theNetworkInTenLinesLearns() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "hebb-\(UUID().uuidString)").path()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    await #expect(processExitsWith: .success) { [folder = folder as String] in
      // The example saves where it runs.
      guard chdir(folder) == 0 else { exit(1) }
      let history = try Example.networkInTenLines()
      let loss = try #require(history.epochs.last?.validationLoss)
      #expect(history.epochs.count == 10 && loss < 0.3)
    }
    var random = Philox(seed: 1)
    let again = Sequential {
      Conv2D(1, 16, kernel: 3, padding: .same, using: &random)
      ReLU()
      MaxPool2D(2)
      Flatten()
      Linear(256, 10, using: &random)
    }
    try again.load(from: folder + "/digits.safetensors")
    let digits = Digits.load().all
    #expect(Loss.crossEntropy(again(digits.inputs), digits.targets) < 0.3)
  }

  /// Odd and even digits, from a hundred samples, with a body that learned all ten.
  @Test func transferLearns() async throws {
    try await withTemporaryFolder { folder in
      _ = await #expect(processExitsWith: .success) { [folder = folder as String] in
        guard chdir(folder) == 0 else { exit(1) }
        _ = try Example.networkInTenLines()
        let (model, history) = try Example.transfer()
        let test = Digits.load().rows(at: Array(100..<500))
        let right = Accuracy()(model(test.all.inputs), NDArray(test.labels.map { Int32($0 % 2) }))
        #expect(right > 0.9 && history.epochs.count == 5, "\(right)")
      }
    }
  }

  @Test func theOverviewLearns() throws {
    let history = try Example.overview()
    #expect(try #require(history.epochs.last?.validationLoss) < 0.5)
  }

  @Test func theExamplesOfContributingAreRight() throws {
    let x = NDArray([-20, -1.5, 0, 0.25, 3, 20] as [Float])
    let values = x.elements(as: Float.self).map(Double.init)
    let (cosh, slopes, _) = valueAndGradients(at: [x]) { $0[0].logCosh().sum() }
    #expect(abs(cosh.scalar - values.reduce(0) { $0 + log(Foundation.cosh($1)) }) < 1e-4)
    for (slope, value) in zip(slopes[0].elements(as: Float.self), values) {
      #expect(abs(Double(slope) - tanh(value)) < 1e-5)
    }
    let (half, same, _) = valueAndGradients(at: [x]) { $0[0].halfSquared().sum() }
    #expect(abs(half.scalar - values.reduce(0) { $0 + $1 * $1 / 2 }) < 1e-3)
    #expect(same[0].elements(as: Float.self) == x.elements(as: Float.self))
    let scale = Scale(5)
    scale.factor.value = .full([5], 2)
    #expect(scale(NDArray.ones([3, 5])).elements(as: Float.self) == [Float](repeating: 2, count: 15))
    #expect(scale.namedParameters.map(\.name) == ["factor"])
    let samples = Example.dataSet()
    #expect(samples.count == 4 && samples.labels == [0, 0, 1, 1] && samples.all.inputs.shape == [4, 1])
  }
}
