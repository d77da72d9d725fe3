import HebbArrays
import HebbAutograd

/// The plain recurrent layer with a rectifier.
///
///     h′ = max(0, x U + h W + b)
///
/// - Input: `[batch, time, inputs]`
/// - Output: `[batch, time, units]`
/// - State: h, `[batch, units]`
/// - Source: Le, Jaitly and Hinton 2015, arXiv:1504.00941.
public struct ReLURNN: PlainRecurrentCore {
  public let inputWeight: Parameter  // U [inputs, units]
  public let stateWeight: Parameter  // W [units, units]
  public let bias: Parameter  // b [units]

  /// `units` numbers of state for inputs of `inputs` features. Weights and biases are drawn uniformly within ±1/√units.
  public init(_ inputs: Int, _ units: Int, using random: inout Philox) {
    let draws = RecurrentDraws("ReLURNN", inputs, units, gates: 1, using: &random)
    (inputWeight, stateWeight, bias) = (draws.inputWeight, draws.stateWeight, draws.bias)
  }

  var cell: Recurrence.Cell { .relu }
}
