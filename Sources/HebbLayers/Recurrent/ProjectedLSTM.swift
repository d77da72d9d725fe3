import HebbArrays
import HebbAutograd

/// A long short-term memory layer with fewer outputs than units: what it gives, and what it reads at the next step, is a
/// product of its units. Large memories cost less that way.
///
///     i, f, g, o = x U + h W + b
///     c′ = σ(f) ⊙ c + σ(i) ⊙ tanh(g)
///     h′ = (σ(o) ⊙ tanh(c′)) P
///
/// - Input: `[batch, time, inputs]`
/// - Output: `[batch, time, outputs]`
/// - State: h `[batch, outputs]` and c `[batch, units]`
/// - Source: Sak, Senior and Beaufays 2014, arXiv:1402.1128.
public struct ProjectedLSTM: RecurrentCore {
  public let inputWeight: Parameter  // U [inputs, 4 · units], gates i f g o
  public let stateWeight: Parameter  // W [outputs, 4 · units]
  public let bias: Parameter  // b [4 · units]
  public let projection: Parameter  // P [units, outputs]

  public var members: Members {
    ["inputWeight": inputWeight, "stateWeight": stateWeight, "bias": bias, "projection": projection]
  }

  /// `units` numbers of memory, of which `outputs` are given on, for inputs of `inputs` features.
  public init(_ inputs: Int, _ units: Int, outputs: Int, using random: inout Philox) {
    let draws = RecurrentDraws("ProjectedLSTM", inputs, units, outputs: outputs, gates: 4, using: &random)
    (inputWeight, stateWeight, bias) = (draws.inputWeight, draws.stateWeight, draws.bias)
    projection = Parameter(RecurrentDraws.draw([units, outputs], units, &random))
  }

  var cell: Recurrence.Cell { .lstm }
  var weights: RecurrentWeights {
    RecurrentWeights(
      input: inputWeight.tensor, state: stateWeight.tensor, bias: bias.tensor, projection: projection.tensor)
  }

  public func multiplyAdds(from input: Shape, to output: Shape) -> Int {
    input.count / inputWeight.shape[0]
      * (inputWeight.shape.count + stateWeight.shape.count + projection.shape.count)
  }
}
