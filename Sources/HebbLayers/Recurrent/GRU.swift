import HebbArrays
import HebbAutograd

/// A gated recurrent unit: like an LSTM, with two gates and no memory beside its output.
///
///     r, z, n̂ = x U + b          r, z also + h W
///     n = tanh(n̂ + σ(r) ⊙ (h Wₙ + q))
///     h′ = (1 − σ(z)) ⊙ n + σ(z) ⊙ h
///
/// - Input: `[batch, time, inputs]`
/// - Output: `[batch, time, units]`
/// - State: h, `[batch, units]`
/// - Source: Cho et al. 2014, arXiv:1406.1078, with the reset gate behind the product as in cuDNN and PyTorch.
public struct GRU: RecurrentCore {
  public let inputWeight: Parameter  // U [inputs, 3 · units], gates r z n
  public let stateWeight: Parameter  // W [units, 3 · units]
  public let bias: Parameter  // b [3 · units]
  public let candidateBias: Parameter  // q [units], inside of the reset gate

  public var members: Members {
    ["inputWeight": inputWeight, "stateWeight": stateWeight, "bias": bias, "candidateBias": candidateBias]
  }

  /// `units` numbers of state for inputs of `inputs` features. Weights and biases are drawn uniformly within ±1/√units.
  public init(_ inputs: Int, _ units: Int, using random: inout Philox) {
    let draws = RecurrentDraws("GRU", inputs, units, gates: 3, using: &random)
    (inputWeight, stateWeight, bias) = (draws.inputWeight, draws.stateWeight, draws.bias)
    candidateBias = Parameter(RecurrentDraws.draw([units], units, &random), role: .bias)
  }

  var cell: Recurrence.Cell { .gru }
  var weights: RecurrentWeights {
    RecurrentWeights(
      input: inputWeight.tensor, state: stateWeight.tensor, bias: bias.tensor, candidateBias: candidateBias.tensor)
  }
}
