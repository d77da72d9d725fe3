import HebbArrays
import HebbAutograd
import HebbLayers
import HebbTesting
import Testing

/// One layer and what is expected of it: the row of a table for ``checkLayer(_:)``.
struct LayerCase: Sendable, CustomTestStringConvertible {
  let input: Shape
  let output: Shape
  /// Below this many, inputs are whole numbers.
  var numbers: Int?
  let make: @Sendable (inout Philox) -> any Layer

  init(
    _ input: Shape, _ output: Shape, numbers: Int? = nil, _ make: @escaping @Sendable (inout Philox) -> any Layer
  ) {
    (self.input, self.output, self.numbers, self.make) = (input, output, numbers, make)
  }

  func layer(seed: UInt64 = 3, _ dtype: DType = .float32) -> any Layer {
    var random = Philox(seed: seed)
    let layer = make(&random)
    layer.cast(to: dtype)
    return layer
  }

  func x(_ dtype: DType = .float32) -> NDArray {
    let x = random(input, seed: 11)
    guard let numbers else { return x.cast(to: dtype) }
    return ((x + 1) * (Double(numbers) / 2 - 1e-6)).cast(to: .int32)
  }

  var testDescription: String { "\(layer())" }
}

/// Shape, gradients, members, saving and loading, snapshots, and the same bits for any number of threads.
func checkLayer(_ row: LayerCase) throws {
  let layer = row.layer()
  let result = layer(row.x())
  #expect(result.shape == row.output)
  checkGradients(row)
  checkMembers(of: layer)
  try checkValues(row)
  checkSameBits(row)
}

/// Gradients in training against central differences in float64, along random directions.
private func checkGradients(_ row: LayerCase) {
  let layer = row.layer(.float64)
  let x = row.x(.float64)
  let dy = random(row.output, seed: 5)
  func loss(_ x: Tensor) -> Tensor { (layer(x) * Tensor(dy)).sum() }
  func number(_ x: NDArray) -> Double { loss(Tensor(x)).value.scalar }
  let trained = layer.parameters.filter { $0.role != .buffer }
  let buffers = layer.parameters.filter { $0.role == .buffer }.map { ($0, $0.value) }
  func pass<R>(_ body: () -> R) -> R {
    defer { for (buffer, value) in buffers { buffer.value = value } }
    return Pass.training(seed: 2, body)
  }
  let isTracked = row.numbers == nil
  let (_, inputGradients, gradients) = pass {
    valueAndGradients(at: isTracked ? [x] : []) { loss($0.first ?? Tensor(x)) }
  }
  func check(_ gradient: NDArray?, seed: UInt64, _ what: String, _ move: (NDArray) -> Double) {
    guard let gradient else {
      Issue.record("no gradient for \(what) of \(layer)")
      return
    }
    let direction = random(gradient.shape, seed: seed)
    let step = 1e-6
    let slope = (move(direction * step) - move(direction * -step)) / (2 * step)
    let expected = (gradient * direction).sum().scalar
    #expect(abs(slope - expected) < 1e-6 * max(1, abs(expected)), "\(what) of \(layer): \(slope) is not \(expected)")
  }
  if isTracked { check(inputGradients[0], seed: 6, "the input") { h in pass { number(x + h) } } }
  for (index, parameter) in trained.enumerated() {
    check(gradients[parameter], seed: UInt64(20 + index), "parameter \(index)") { h in
      let value = parameter.value
      parameter.value = value + h
      defer { parameter.value = value }
      return pass { number(x) }
    }
  }
}

/// Every parameter that a mirror finds in the layer is reached through its members, and the other way round.
func checkMembers(of layer: any Module) {
  var found: Set<ObjectIdentifier> = []
  func search(_ part: Any) {
    if let parameter = part as? Parameter {
      found.insert(ObjectIdentifier(parameter))
    } else {
      for child in Mirror(reflecting: part).children { search(child.value) }
    }
  }
  search(layer)
  #expect(found == Set(layer.parameters.map(ObjectIdentifier.init)), "members of \(layer)")
  #expect(Set(layer.namedParameters.map(\.name)).count == layer.namedParameters.count)
}

/// A copy that loads the values gives the same bits; a snapshot keeps them when the layer changes.
private func checkValues(_ row: LayerCase) throws {
  let (layer, copy) = (row.layer(seed: 3), row.layer(seed: 4))
  let x = row.x()
  let y = layer(x)
  try copy.load(layer.values)
  let copied = copy(x)
  #expect(copied.fingerprint == y.fingerprint, "loaded values of \(layer)")
  func frozen(_ layer: some Layer) -> (NDArray) -> NDArray {
    let snapshot = layer.snapshot()
    return { snapshot($0) }
  }
  let snapshot = frozen(layer)
  for parameter in layer.parameters { parameter.value = parameter.value * 0.5 + 1 }
  let kept = snapshot(x)
  #expect(kept.fingerprint == y.fingerprint, "snapshot of \(layer)")
}

/// Outputs, gradients and running statistics with 1, 2 and 5 threads agree in every bit.
private func checkSameBits(_ row: LayerCase) {
  func bits(_ threads: Int) -> [UInt64] {
    let before = ThreadPool.shared.threads
    ThreadPool.shared.threads = threads
    defer { ThreadPool.shared.threads = before }
    let layer = row.layer()
    let x = row.x()
    let inference = layer(x)
    let dy = Tensor(random(row.output, seed: 5, dtype: .float32))
    let (value, inputs, gradients) = Pass.training(seed: 2) {
      valueAndGradients(at: row.numbers == nil ? [x] : []) { (layer($0.first ?? Tensor(x)) * dy).sum() }
    }
    return ([inference, value] + inputs + gradients.values + layer.parameters.map(\.value)).map(\.fingerprint)
  }
  let single = bits(1)
  #expect(bits(2) == single, "two threads in \(row.layer())")
  #expect(bits(5) == single, "five threads in \(row.layer())")
}

/// What a process wrote when it stopped holds these words.
func expectMessage(
  _ result: ExitTest.Result?, _ words: String..., sourceLocation: SourceLocation = #_sourceLocation
) {
  guard let result else { return }
  #expect(missing(words, from: result.standardErrorContent) == [], sourceLocation: sourceLocation)
}
