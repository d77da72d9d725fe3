import HebbArrays
import HebbAutograd

/// The plain recurrent layer: its last output is one more input.
///
///     h′ = tanh(x U + h W + b)
///
/// - Input: `[batch, time, inputs]`
/// - Output: `[batch, time, units]`
/// - State: h, `[batch, units]`
/// - Source: Elman 1990, "Finding structure in time", doi:10.1207/s15516709cog1402_1.
public struct RNN: PlainRecurrentCore {
  public let inputWeight: Parameter  // U [inputs, units]
  public let stateWeight: Parameter  // W [units, units]
  public let bias: Parameter  // b [units]

  /// `units` numbers of state for inputs of `inputs` features. Weights and biases are drawn uniformly within ±1/√units.
  public init(_ inputs: Int, _ units: Int, using random: inout Philox) {
    let draws = RecurrentDraws("RNN", inputs, units, gates: 1, using: &random)
    (inputWeight, stateWeight, bias) = (draws.inputWeight, draws.stateWeight, draws.bias)
  }

  var cell: Recurrence.Cell { .tanh }
}
