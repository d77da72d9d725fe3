import HebbArrays
import HebbAutograd

/// What all recurrent layers of one direction share: weights for inputs and state, a bias, and a cell.
protocol RecurrentCore: RecurrentLayer {
  var inputWeight: Parameter { get }  // U [inputs, gates · units]
  var stateWeight: Parameter { get }  // W [outputs, gates · units]
  var cell: Recurrence.Cell { get }
  var weights: RecurrentWeights { get }
}

/// A recurrent layer whose parameters are U, W and one bias.
protocol PlainRecurrentCore: RecurrentCore {
  var bias: Parameter { get }  // b [gates · units]
}

extension PlainRecurrentCore {
  public var members: Members { ["inputWeight": inputWeight, "stateWeight": stateWeight, "bias": bias] }

  var weights: RecurrentWeights {
    RecurrentWeights(input: inputWeight.tensor, state: stateWeight.tensor, bias: bias.tensor)
  }
}

extension RecurrentCore {
  public var outputs: Int { stateWeight.shape[0] }
  public var stateCount: Int { cell == .lstm ? 2 : 1 }

  public func run(
    _ x: Tensor, from state: RecurrentState?, over steps: TimeSteps
  ) -> (outputs: Tensor, state: RecurrentState) {
    let inputs = inputWeight.shape[0]
    requireFloats(x.dtype, x.shape)
    require(
      x.rank == 3 && x.shape.innermost == inputs,
      "\(self): the input \(x.shape) is not [batch, time, \(inputs)]")
    let (batch, units) = (x.shape[0], stateWeight.shape[1] / cell.gates)
    let sizes = cell == .lstm ? [outputs, units] : [outputs]
    if let state {
      require(
        state.tensors.map(\.shape) == sizes.map { [batch, $0] },
        "\(self): a state of \(state.tensors.map(\.shape)) for \(batch) sequences, not of \(sizes.map { [batch, $0] })")
    }
    let result = x.recurrent(
      cell, weights, hidden: state?.tensors[0], memory: cell == .lstm ? state?.tensors[1] : nil,
      lengths: steps.array(batch: batch, time: x.shape[1]), isReversed: steps.isReversed)
    return (result.outputs, RecurrentState([result.hidden] + (result.memory.map { [$0] } ?? [])))
  }

  public func multiplyAdds(from input: Shape, to output: Shape) -> Int {
    input.count / inputWeight.shape[0] * (inputWeight.shape.count + stateWeight.shape.count)
  }

  public var window: Window? { nil }

  public var description: String { "\(type(of: self))(\(inputWeight.shape[0]) → \(outputs))" }
}

/// The weights that recurrent layers begin with, as PyTorch's: U(−1/√units, 1/√units), biases too.
struct RecurrentDraws {
  let inputWeight: Parameter, stateWeight: Parameter, bias: Parameter

  init(_ name: String, _ inputs: Int, _ units: Int, outputs: Int? = nil, gates: Int, using random: inout Philox) {
    require(
      inputs > 0 && units > 0 && outputs ?? 1 > 0, "\(name)(\(inputs), \(units)): sizes must be positive")
    inputWeight = Parameter(RecurrentDraws.draw([inputs, gates * units], units, &random))
    stateWeight = Parameter(RecurrentDraws.draw([outputs ?? units, gates * units], units, &random))
    bias = Parameter(RecurrentDraws.draw([gates * units], units, &random), role: .bias)
  }

  static func draw(_ shape: Shape, _ units: Int, _ random: inout Philox) -> NDArray {
    Initializer.standard(shape, fanIn: units, fanOut: units, using: &random)
  }
}
