import Foundation
import HebbArrays
import HebbAutograd
import HebbLayers
import HebbTesting
import Testing

/// What PyTorch gave for losses of sequences: `Reference/sequence_losses.safetensors`, made by the script beside it.
private let lossReference = Reference("HebbLayersTests/Reference/sequence_losses")

@Suite struct SequenceLossTests {
  static let ctcCases = ["ctc", "ctcLengths", "ctcBlankLast", "ctcImpossible", "ctcSharp", "ctcWide"]

  static func array(_ name: String) throws -> NDArray { try #require(lossReference.array(name)) }

  static func rows(_ name: String) throws -> [[Int]] {
    let x = try array(name)
    return (0..<x.shape[0]).map { x.row($0).elements(as: Int32.self).map(Int.init).filter { $0 >= 0 } }
  }

  static func lengths(_ name: String) throws -> [Int] {
    try array("\(name).lengths").elements(as: Int32.self).map(Int.init)
  }

  /// 1, 2, 3, …: what the losses of the sequences are multiplied by.
  static func weights(_ count: Int, _ dtype: DType) -> Tensor { Tensor((NDArray.range(count) + 1).cast(to: dtype)) }

  @Test(arguments: ctcCases, [DType.float64, .float32])
  func ctcAgreesWithPyTorch(_ name: String, _ dtype: DType) throws {
    let (labels, lengths) = (try Self.rows("\(name).labels"), try Self.lengths(name))
    let x = try Self.array("\(name).x").cast(to: dtype)
    var losses = x
    let (_, gradients, _) = valueAndGradients(at: [x]) { x in
      let y = x[0].ctcLosses(
        labels: labels, lengths: lengths, blank: name == "ctcBlankLast" ? 3 : 0,
        skippingImpossible: name == "ctcImpossible")
      losses = y.value
      return (y * Self.weights(labels.count, dtype)).sum()
    }
    let tolerance = dtype == .float64 ? 1e-10 : 1e-5
    expectClose(losses, try Self.array("\(name).y"), tolerance, "losses")
    expectClose(gradients[0], try Self.array("\(name).dx"), tolerance, "gradient")
  }

  /// The probability of a text is the sum over every path that reads so.
  @Test func ctcIsTheSumOverAllPaths() {
    let logits = random([1, 5, 3], seed: 4)
    let table = Self.readings(of: logits.row(0), blank: 0)
    for (labels, probability) in table {
      let loss = Tensor(logits).ctcLosses(labels: [labels]).value.scalar
      #expect(abs(loss + log(probability)) < 1e-12, "\(labels)")
    }
    #expect(table.count > 20 && abs(table.values.reduce(0, +) - 1) < 1e-12)
  }

  /// All texts that come out of scores `[time, classes]`, with their probabilities.
  static func readings(of scores: NDArray, blank: Int) -> [[Int]: Double] {
    let (time, classes) = (scores.shape[0], scores.shape[1])
    let p = scores.softmax().elements(as: Double.self)
    var paths: [(path: [Int], probability: Double)] = [([], 1)]
    for t in 0..<time {
      paths = paths.flatMap { path, chance in (0..<classes).map { (path + [$0], chance * p[t * classes + $0]) } }
    }
    var table: [[Int]: Double] = [:]
    for (path, probability) in paths {
      var labels: [Int] = []
      for (index, label) in path.enumerated() where label != blank && (index == 0 || path[index - 1] != label) {
        labels.append(label)
      }
      table[labels, default: 0] += probability
    }
    return table
  }

  /// Far better than sums that grow with time would be: PyTorch's float32 is off by 1.6e-3 there.
  @Test func longSequencesKeepTheirDigits() {
    let logits = random([2, 600, 30], seed: 6) * 3
    let labels = [(0..<200).map { 1 + $0 * 7 % 29 }, [5]]
    func run(_ dtype: DType) -> (NDArray, NDArray) {
      let (value, gradients, _) = valueAndGradients(at: [logits.cast(to: dtype)]) {
        $0[0].ctcLosses(labels: labels).sum()
      }
      return (value, gradients[0])
    }
    let (exact, single) = (run(.float64), run(.float32))
    expectClose(single.0, exact.0, 1e-6, "loss")
    expectClose(single.1, exact.1, 1e-4, "gradient")
  }

  @Test func theLossIsTheMeanForEachLabel() throws {
    let x = try Self.array("ctc.x")
    let labels = try Self.array("ctc.labels")
    let losses = try Self.array("ctc.y").elements(as: Double.self)
    let expected = zip(losses, try Self.rows("ctc.labels")).map { $0 / Double($1.count) }.reduce(0, +) / 3
    #expect(abs(Loss.ctc(x, labels) - expected) < 1e-12)
  }

  @Test func impossibleTargetsAreNamed() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor(.zeros([2, 4, 3])).ctcLosses(labels: [[1], [2, 2, 2]])
    }
    expectMessage(result, "sequence 1 has 4 steps", "3 labels need 5")
  }

  @Test(arguments: ["crf", "crfLengths", "crfWide"], [DType.float64, .float32])
  func crfIsTheSumOverAllPaths(_ name: String, _ dtype: DType) throws {
    let lengths = try Self.lengths(name)
    let names = ["x", "transitions", "start", "end"]
    let inputs = try names.map { try Self.array("\(name).\($0)").cast(to: dtype) }
    let tags = try Self.array("\(name).labels")
    var losses = inputs[0]
    let (_, gradients, _) = valueAndGradients(at: inputs) { x in
      let y = x[0].crfLosses(tags: tags, transitions: x[1], start: x[2], end: x[3], lengths: lengths)
      losses = y.value
      return (y * Self.weights(lengths.count, dtype)).sum()
    }
    let tolerance = dtype == .float64 ? 1e-10 : 1e-5
    expectClose(losses, try Self.array("\(name).y"), tolerance, "losses")
    for (key, gradient) in zip(names, gradients) {
      expectClose(gradient, try Self.array("\(name).d\(key)"), tolerance, "gradient of \(key)")
    }
    let tensors = inputs.map { Tensor($0) }
    let best = tensors[0].bestPaths(transitions: tensors[1], start: tensors[2], end: tensors[3], lengths: lengths)
    #expect(best == (try Self.rows("\(name).best")))
  }

  @Test func aFieldLearnsWhatFollowsWhat() {
    var random = Philox(seed: 2)
    let field = LinearChainCRF(3, using: &random)
    checkMembers(of: field)
    let emissions = NDArray.zeros([1, 6, 3])
    let tags = NDArray([0, 1, 2, 0, 1, 2] as [Int32], shape: [1, 6])
    let before = field.losses(Tensor(emissions), tags: tags).value.scalar
    for _ in 0..<60 {
      let (_, gradients) = valueAndGradients { field.losses(Tensor(emissions), tags: tags).sum() }
      for (parameter, gradient) in zip(gradients.parameters, gradients.values) {
        parameter.value = parameter.value - gradient * 0.5
      }
    }
    let after = field.losses(Tensor(emissions), tags: tags).value.scalar
    let path = field.decode(emissions)
    #expect(after < 0.2 && before > 5)
    #expect(path == [[0, 1, 2, 0, 1, 2]])
  }

  @Test func threadsChangeNoBit() {
    let before = ThreadPool.shared.threads
    defer { ThreadPool.shared.threads = before }
    func bits(_ threads: Int) -> [UInt64] {
      ThreadPool.shared.threads = threads
      let x = random([40, 30, 20], seed: 3, dtype: .float32)
      let tags = NDArray((0..<1200).map { Int32($0 * 7 % 20) }, shape: [40, 30])
      let labels = (0..<40).map { row in (0..<10).map { 1 + (row + 3 * $0) % 19 } }
      let weights = [[20, 20], [20], [20]].enumerated().map {
        random(Shape($0.element), seed: UInt64(40 + $0.offset), dtype: .float32)
      }
      let (value, gradients, _) = valueAndGradients(at: [x] + weights) {
        $0[0].ctcLosses(labels: labels).sum()
          + $0[0].crfLosses(tags: tags, transitions: $0[1], start: $0[2], end: $0[3]).sum()
      }
      return ([value] + gradients).map(\.fingerprint)
    }
    let one = bits(1)
    #expect(bits(2) == one && bits(5) == one)
  }
}
