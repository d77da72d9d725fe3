import HebbArrays
import HebbAutograd

/// A long short-term memory layer whose gates see the memory.
///
///     i, f, g, o = x U + h W + b
///     c′ = σ(f + p_f ⊙ c) ⊙ c + σ(i + pᵢ ⊙ c) ⊙ tanh(g)
///     h′ = σ(o + pₒ ⊙ c′) ⊙ tanh(c′)
///
/// - Input: `[batch, time, inputs]`
/// - Output: `[batch, time, units]`
/// - State: h and c, `[batch, units]` each
/// - Source: Gers, Schraudolph and Schmidhuber 2002, "Learning precise timing with LSTM recurrent networks".
public struct PeepholeLSTM: RecurrentCore {
  public let inputWeight: Parameter  // U [inputs, 4 · units], gates i f g o
  public let stateWeight: Parameter  // W [units, 4 · units]
  public let bias: Parameter  // b [4 · units]
  public let peephole: Parameter  // p [3 · units], gates i f o

  public var members: Members {
    ["inputWeight": inputWeight, "stateWeight": stateWeight, "bias": bias, "peephole": peephole]
  }

  /// `units` numbers of state for inputs of `inputs` features. Weights and biases are drawn uniformly within ±1/√units.
  public init(_ inputs: Int, _ units: Int, using random: inout Philox) {
    let draws = RecurrentDraws("PeepholeLSTM", inputs, units, gates: 4, using: &random)
    (inputWeight, stateWeight, bias) = (draws.inputWeight, draws.stateWeight, draws.bias)
    peephole = Parameter(RecurrentDraws.draw([3 * units], units, &random))
  }

  var cell: Recurrence.Cell { .lstm }
  var weights: RecurrentWeights {
    RecurrentWeights(
      input: inputWeight.tensor, state: stateWeight.tensor, bias: bias.tensor, peephole: peephole.tensor)
  }
}
