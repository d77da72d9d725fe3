import HebbArrays

/// The gradients of parameters, in the order in which the parameters were first read.
public struct Gradients {
  public private(set) var parameters: [Parameter] = []
  public private(set) var values: [NDArray] = []
  private var places: [ObjectIdentifier: Int] = [:]

  public init() {}

  /// The gradient of a parameter; nil where the result does not depend on it. It can be replaced (clipped, averaged).
  public subscript(parameter: Parameter) -> NDArray? {
    get { places[ObjectIdentifier(parameter)].map { values[$0] } }
    set {
      guard let newValue else { preconditionFailure("a gradient cannot be taken away") }
      if let place = places[ObjectIdentifier(parameter)] {
        values[place] = newValue
      } else {
        places[ObjectIdentifier(parameter)] = parameters.count
        parameters.append(parameter)
        values.append(newValue)
      }
    }
  }

  /// Adds to the gradient of a parameter.
  public mutating func add(_ gradient: NDArray, to parameter: Parameter) {
    if let place = places[ObjectIdentifier(parameter)] {
      values[place].accumulate(gradient)
    } else {
      self[parameter] = gradient
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
public func valueAndGradients(
  at inputs: [NDArray], _ body: ([Tensor]) throws -> Tensor
) rethrows -> (value: NDArray, inputGradients: [NDArray], gradients: Gradients) {
  let (value, gradients, inputGradients) = try differentiate(at: inputs, body)
  return (value, zip(inputs, inputGradients).map { $1 ?? .zeros($0.shape, dtype: $0.dtype) }, gradients)
}

private func differentiate(
  at inputs: [NDArray], _ body: ([Tensor]) throws -> Tensor
) rethrows -> (NDArray, Gradients, [NDArray?]) {
  let tape = Tape()
  func record() throws -> Tensor { try body(inputs.map { Tensor($0, tape: tape, node: tape.leaf()) }) }
  let result: Tensor
  if let pass = Pass.current {
    precondition(pass.tape == nil, "valueAndGradients inside of valueAndGradients: there are no second derivatives")
    pass.tape = tape
    defer { pass.tape = nil }
    result = try record()
  } else {
    let pass = Pass(phase: .inference)
    pass.tape = tape
    result = try Pass.$current.withValue(pass) { try record() }
  }
  precondition(result.value.count == 1, "gradients start from a single number, not from the shape \(result.shape)")
  guard result.tape === tape else { return (result.value, Gradients(), inputs.map { _ in nil }) }
  var gradients = tape.walk(from: result.node, gradient: .ones(result.shape, dtype: result.dtype))
  return (result.value, tape.collect(&gradients), inputs.indices.map { gradients[$0] })
}
