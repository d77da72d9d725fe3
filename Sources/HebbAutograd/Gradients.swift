import HebbArrays

/// The gradients of parameters, in the order in which the parameters were first read.
public struct Gradients {
  /// The parameters that have a gradient, each once.
  public private(set) var parameters: [Parameter] = []
  /// Their gradients, in the same order.
  public private(set) var values: [NDArray] = []
  /// Where each parameter is, once there are too many to look through.
  private var places: [ObjectIdentifier: Int] = [:]
  private static let lookedThrough = 16

  /// No gradients.
  public init() {}

  init(capacity: Int) {
    parameters.reserveCapacity(capacity)
    values.reserveCapacity(capacity)
  }

  private func place(of parameter: Parameter) -> Int? {
    guard parameters.count > Gradients.lookedThrough else { return parameters.firstIndex { $0 === parameter } }
    return places[ObjectIdentifier(parameter)]
  }

  private mutating func append(_ gradient: consuming NDArray, of parameter: Parameter) {
    parameters.append(parameter)
    values.append(gradient)
    guard parameters.count > Gradients.lookedThrough else { return }
    for index in places.count..<parameters.count { places[ObjectIdentifier(parameters[index])] = index }
  }

  /// The gradient of a parameter; nil where the result does not depend on it. It can be replaced (clipped, averaged).
  public subscript(parameter: Parameter) -> NDArray? {
    get { place(of: parameter).map { values[$0] } }
    set {
      guard let newValue else { fatalError("a gradient cannot be taken away") }
      if let place = place(of: parameter) {
        values[place] = newValue
      } else {
        append(newValue, of: parameter)
      }
    }
  }

  /// Adds to the gradient of a parameter.
  public mutating func add(_ gradient: consuming NDArray, to parameter: Parameter) {
    if let place = place(of: parameter) {
      values[place].accumulate(gradient)
    } else {
      append(gradient, of: parameter)
    }
  }

  /// Adds all gradients of `other`: two halves of a batch.
  public mutating func add(_ other: Gradients) {
    for (parameter, gradient) in zip(other.parameters, other.values) { add(gradient, to: parameter) }
  }
}

/// Computes a number and its gradient with respect to every trainable parameter that it depends on.
///
///     let (loss, gradients) = valueAndGradients { crossEntropy(model(x), labels) }
///
/// Recording happens inside of `body` only. The phase is that of the surrounding pass: inference unless ``Pass/training``
/// says otherwise. There are no second derivatives.
///
/// - Returns: the value, of shape `[]` or with a single element, and the gradients.
public func valueAndGradients(_ body: () throws -> Tensor) rethrows -> (value: NDArray, gradients: Gradients) {
  let (value, walked, _) = try differentiate(at: []) { _ in try body() }
  return (value, walked)
}

/// Computes a number and its gradient with respect to given arrays (and parameters).
///
///     let (y, dx, _) = valueAndGradients(at: [x]) { ($0[0] * $0[0]).sum() }
///
/// - Parameter ofParameters: whether the gradients of parameters are wanted too.
public func valueAndGradients(
  at inputs: [NDArray], ofParameters: Bool = true, _ body: ([Tensor]) throws -> Tensor
) rethrows -> (value: NDArray, inputGradients: [NDArray], gradients: Gradients) {
  let (value, gradients, inputGradients) = try differentiate(at: inputs, ofParameters: ofParameters, body)
  return (value, zip(inputs, inputGradients).map { $1 ?? .zeros($0.shape, dtype: $0.dtype) }, gradients)
}

/// Computes a tensor of any shape, and keeps the way back for a gradient that is known later: that of a generator's
/// pictures, say, once a discriminator has judged them.
///
/// - Returns: the value, and a function from the value's gradient to those of the parameters, to be called once at most.
public func valueWithPullback(
  _ body: () throws -> Tensor
) rethrows -> (value: NDArray, pullback: (NDArray) -> Gradients) {
  let (tape, result, _) = try record(at: [], ofParameters: true) { _ in try body() }
  let shape = result.shape
  return (
    result.value,
    { gradient in
      require(gradient.shape == shape, "the gradient of a value of shape \(shape) has the shape \(gradient.shape)")
      guard result.tape === tape else { return Gradients() }
      var gradients = tape.walk(from: result.node, gradient: gradient)
      return tape.collect(&gradients)
    }
  )
}

/// Runs `body` as ``valueAndGradients(_:)`` does, without the way back, and shows each op's result as it is recorded.
///
/// - Parameter visit: is given the result, and the trainable parameter that was read last before it.
package func watchingResults<R>(
  _ body: () throws -> R, _ visit: @escaping (NDArray, Parameter?) -> Void
) rethrows -> R {
  let tape = Tape(followsParameters: true)
  tape.watch = visit
  return try recording(on: tape, body)
}

private func differentiate(
  at inputs: [NDArray], ofParameters: Bool = true, _ body: ([Tensor]) throws -> Tensor
) rethrows -> (NDArray, Gradients, [NDArray?]) {
  let (tape, result, leaves) = try record(at: inputs, ofParameters: ofParameters, body)
  require(result.value.count == 1, "gradients start from a single number, not from the shape \(result.shape)")
  guard result.tape === tape else { return (result.value, Gradients(), inputs.map { _ in nil }) }
  var gradients = tape.walk(from: result.node, gradient: .ones(result.shape, dtype: result.dtype))
  return (result.value, tape.collect(&gradients), leaves.map { gradients[Int($0)] })
}

/// Runs `body` on a new tape of the current pass.
private func record(
  at inputs: [NDArray], ofParameters: Bool, _ body: ([Tensor]) throws -> Tensor
) rethrows -> (Tape, Tensor, leaves: [Int32]) {
  let tape = Tape(followsParameters: ofParameters)
  let leaves = inputs.map { _ in tape.leaf() }
  let tensors = zip(inputs, leaves).map { Tensor($0, tape: tape, node: $1) }
  return (tape, try recording(on: tape) { try body(tensors) }, leaves)
}

private func recording<R>(on tape: Tape, _ body: () throws -> R) rethrows -> R {
  guard let pass = Pass.current else {
    let pass = Pass(phase: .inference)
    pass.tape = tape
    return try Pass.$current.withValue(pass, operation: body)
  }
  require(pass.tape == nil, "valueAndGradients inside of valueAndGradients: there are no second derivatives")
  pass.tape = tape
  defer { pass.tape = nil }
  return try body()
}
