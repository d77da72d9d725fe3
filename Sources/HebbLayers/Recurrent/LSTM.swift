import HebbArrays
import HebbAutograd

/// A long short-term memory layer.
///
///     i, f, g, o = x U + h W + b
///     c′ = σ(f) ⊙ c + σ(i) ⊙ tanh(g)
///     h′ = σ(o) ⊙ tanh(c′)
///
/// - Input: `[batch, time, inputs]`
/// - Output: `[batch, time, units]`
/// - State: h and c, `[batch, units]` each
/// - Source: Hochreiter and Schmidhuber 1997, doi:10.1162/neco.1997.9.8.1735; the forget gate: Gers, Schmidhuber and
///   Cummins 2000, doi:10.1162/089976600300015015.
public struct LSTM: PlainRecurrentCore {
  public let inputWeight: Parameter  // U [inputs, 4 · units], gates i f g o
  public let stateWeight: Parameter  // W [units, 4 · units]
  public let bias: Parameter  // b [4 · units]

  /// `units` numbers of state for inputs of `inputs` features. Weights and biases are drawn uniformly within ±1/√units.
  public init(_ inputs: Int, _ units: Int, using random: inout Philox) {
    let draws = RecurrentDraws("LSTM", inputs, units, gates: 4, using: &random)
    (inputWeight, stateWeight, bias) = (draws.inputWeight, draws.stateWeight, draws.bias)
  }

  var cell: Recurrence.Cell { .lstm }

  /// The layer with its forget gates opened: their biases begin at `value`, so that at first the memory is kept.
  ///
  ///     LSTM(50, 64, using: &random).withForgetBias(1)
  ///
  /// - Source: Jozefowicz, Zaremba and Sutskever 2015, "An empirical exploration of recurrent network architectures".
  public func withForgetBias(_ value: Double) -> LSTM {
    let units = outputs
    let whole = bias.value
    let gates = [whole[0..<units], .full([units], value, dtype: whole.dtype), whole[2 * units..<4 * units]]
    bias.value = .concatenated(gates, axis: 0)
    return self
  }
}
