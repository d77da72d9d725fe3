import HebbArrays
import HebbAutograd
import HebbLayers
import HebbTesting
import Testing

/// What PyTorch gave for attention: `Reference/attention.safetensors`, made by the script beside it.
private let attentionReference = Reference("HebbLayersTests/Reference/attention")

/// What goes into a case: x, and where there are such a memory and masks.
struct AttentionInputs {
  let x: Tensor
  let memory: Tensor
  let mask: NDArray?, memoryMask: NDArray?
}

struct AttentionCase: Sendable, CustomTestStringConvertible {
  let name: String
  let make: @Sendable (inout Philox) -> any Module
  let run: @Sendable (any Module, AttentionInputs) -> Tensor?
  var testDescription: String { name }

  init<M: Module>(
    _ name: String, _ make: @escaping @Sendable (inout Philox) -> M,
    _ run: @escaping @Sendable (M, AttentionInputs) -> Tensor
  ) {
    (self.name, self.make) = (name, make)
    self.run = { module, inputs in (module as? M).map { run($0, inputs) } }
  }
}

@Suite struct AttentionReferenceTests {
  static let cases: [AttentionCase] = [
    .init("attention", { MultiHeadAttention(6, heads: 2, using: &$0) }) { $0($1.x) },
    .init("attentionMask", { MultiHeadAttention(6, heads: 2, using: &$0) }) { $0($1.x, mask: $1.mask) },
    .init("attentionCausal", { MultiHeadAttention(6, heads: 2, isCausal: true, using: &$0) }) { $0($1.x) },
    .init("attentionCausalMask", { MultiHeadAttention(6, heads: 2, isCausal: true, using: &$0) }) {
      $0($1.x, mask: $1.mask)
    },
    .init("cross", { CrossAttention(6, heads: 2, using: &$0) }) { $0($1.x, to: $1.memory) },
    .init("crossMask", { CrossAttention(6, heads: 2, using: &$0) }) {
      $0($1.x, to: $1.memory, mask: $1.memoryMask)
    },
    .init("encoderBefore", { TransformerBlock(6, heads: 2, hidden: 7, using: &$0) }) { $0($1.x) },
    .init(
      "encoderAfter",
      { TransformerBlock(6, heads: 2, hidden: 7, normalization: .after, activation: .relu, using: &$0) }
    ) { $0($1.x, mask: $1.mask) },
    .init("encoderCausal", { TransformerBlock(6, heads: 2, hidden: 7, isCausal: true, using: &$0) }) { $0($1.x) },
    .init("decoderBefore", { TransformerDecoderBlock(6, heads: 2, hidden: 7, using: &$0) }) {
      $0($1.x, memory: $1.memory, memoryMask: $1.memoryMask)
    },
    .init(
      "decoderAfter",
      { TransformerDecoderBlock(6, heads: 2, hidden: 7, normalization: .after, activation: .gelu, using: &$0) }
    ) { $0($1.x, memory: $1.memory, mask: $1.mask) },
    .init("additive", { AdditiveAttention(query: 6, memory: 6, hidden: 4, using: &$0) }) {
      $0($1.x, to: $1.memory).context
    },
    .init("additiveMask", { AdditiveAttention(query: 6, memory: 6, hidden: 4, using: &$0) }) {
      $0($1.x, to: $1.memory, mask: $1.memoryMask).context
    },
    .init("general", { MultiplicativeAttention(query: 6, memory: 6, using: &$0) }) {
      $0($1.x, to: $1.memory, mask: $1.memoryMask).context
    },
    .init("causalConvolution", { CausalConv1D(6, 4, kernel: 3, dilation: 2, using: &$0) }) { $0($1.x) },
    .init("temporal", { TemporalBlock(6, 6, kernel: 3, dilation: 2, using: &$0) }) { $0($1.x) },
    .init("temporalShortcut", { TemporalBlock(6, 4, kernel: 3, dilation: 2, using: &$0) }) { $0($1.x) },
    .init("sinusoidal", { _ in SinusoidalPositions() }) { $0($1.x) },
    .init("rotary", { _ in SinusoidalPositions() }) { $1.x.rotated(size: 4) },
  ]

  @Test(arguments: cases, [DType.float64, .float32])
  func agreesWithPyTorch(_ row: AttentionCase, _ dtype: DType) throws {
    let tolerance = dtype == .float64 ? 1e-10 : 1e-5
    func array(_ name: String) -> NDArray? { attentionReference.array("\(row.name).\(name)") }
    func holding(_ kind: String) throws -> any Module {
      var random = Philox(seed: 1)
      let module = row.make(&random)
      module.cast(to: dtype)
      try module.load(pyTorch: attentionReference.values(under: "\(row.name).\(kind)."))
      return module
    }
    let (module, expected) = (try holding("value"), try holding("gradient"))
    let names = ["x", "memory"].filter { array($0) != nil }
    let inputs = names.compactMap { array($0)?.cast(to: dtype) }
    let dy = try #require(array("dy")).cast(to: dtype)
    var y = dy
    func loss(_ tensors: [Tensor]) -> Tensor {
      let given = AttentionInputs(
        x: tensors[0], memory: tensors[tensors.count - 1], mask: array("mask"), memoryMask: array("memoryMask"))
      guard let result = row.run(module, given) else { return Tensor(.zeros([])) }
      y = result.value
      return (result * Tensor(dy)).sum()
    }
    let (_, inputGradients, gradients) = valueAndGradients(at: inputs, loss)
    expectClose(y, try #require(array("y")), tolerance, "result")
    for (name, gradient) in zip(names, inputGradients) {
      expectClose(gradient, try #require(array("d\(name)")), tolerance, "gradient of \(name)")
    }
    for (ours, theirs) in zip(module.namedParameters, expected.namedParameters) {
      let gradient = try #require(gradients[ours.parameter], "\(ours.name)")
      expectClose(gradient, theirs.parameter.value, tolerance, ours.name)
    }
    checkMembers(of: module)
  }

  /// Steps one by one behind a cache give what the whole sequence gives.
  @Test(arguments: [nil, 10_000.0], [TransformerNormalization.before, .after])
  func stepsWithACacheGiveWhatTheWholeGives(_ rotaryBase: Double?, _ normalization: TransformerNormalization) {
    var generator = Philox(seed: 4)
    let block = TransformerBlock(
      12, heads: 3, isCausal: true, normalization: normalization, rotaryBase: rotaryBase, using: &generator)
    let x = Tensor(.normal([2, 7, 12], using: &generator))
    var cache: KeyValueCache?
    var parts: [Tensor] = []
    for range in [0..<3, 3..<4, 4..<7] {
      parts.append(block.step(x.sliced(axis: 1, from: range.lowerBound, to: range.upperBound), &cache))
    }
    expectClose(Tensor.concatenated(parts, axis: 1).value, block(x).value, 1e-5, "steps")
  }
}
