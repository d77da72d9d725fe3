import HebbArrays
import HebbAutograd

/// What gated recurrent layers over the nodes of a graph share: two gates and a candidate, each a sum over the terms of a
/// diffusion.
///
/// They are recurrent layers with one more axis: sequences are `[batch, time, nodes, features]`, a state is
/// `[batch, nodes, units]`.
protocol GraphRecurrentCore: RecurrentLayer {
  var diffusion: SparseDiffusion { get }
  var gateWeight: Parameter { get }  // [terms · (inputs + units), 2 · units], gates r z
  var gateBias: Parameter { get }  // [2 · units]
  var candidateWeight: Parameter { get }  // [terms · (inputs + units), units]
  var candidateBias: Parameter { get }  // [units]
}

extension GraphRecurrentCore {
  public var outputs: Int { candidateWeight.shape[1] }
  public var stateCount: Int { 1 }
  var inputs: Int { candidateWeight.shape[0] / diffusion.terms - outputs }

  public func run(
    _ x: Tensor, from state: RecurrentState?, over steps: TimeSteps
  ) -> (outputs: Tensor, state: RecurrentState) {
    require(
      x.rank == 4 && x.shape[2] == diffusion.nodes && x.shape.innermost == inputs,
      "\(self): the input \(x.shape) is not [batch, time, \(diffusion.nodes), \(inputs)]")
    let size: Shape = [x.shape[0], diffusion.nodes, outputs]
    if let state {
      require(
        state.tensors.map(\.shape) == [size], "\(self): a state of \(state.tensors.map(\.shape)), not of \([size])")
    }
    let weights = SparseRecurrentWeights(
      gates: gateWeight.tensor, gateBias: gateBias.tensor, candidate: candidateWeight.tensor,
      candidateBias: candidateBias.tensor)
    let result = x.recurrent(
      on: diffusion, weights, hidden: state?.tensors[0],
      lengths: steps.array(batch: x.shape[0], time: x.shape[1]), isReversed: steps.isReversed)
    return (result.outputs, RecurrentState([result.hidden]))
  }

  public func multiplyAdds(from input: Shape, to output: Shape) -> Int {
    let entries = diffusion.walks.reduce(0) { $0 + $1.entryCount } * diffusion.steps
    return input.count / inputs * (gateWeight.shape.count + candidateWeight.shape.count)
      + input.count / inputs / max(1, diffusion.nodes) * entries * (inputs + 2 * outputs)
  }

  public var window: Window? { nil }

  public var description: String {
    "\(type(of: self))(\(inputs) → \(outputs), \(diffusion.nodes) nodes)"
  }
}

/// The weights that recurrent layers on graphs begin with, as the programs of their authors: normal numbers after Glorot and
/// Bengio, and gates that are open, with a bias of 1.
struct GraphRecurrentDraws {
  let gateWeight: Parameter, gateBias: Parameter, candidateWeight: Parameter, candidateBias: Parameter

  init(_ name: String, _ inputs: Int, _ units: Int, _ diffusion: SparseDiffusion, using random: inout Philox) {
    require(inputs > 0 && units > 0, "\(name)(\(inputs), \(units)): sizes must be positive")
    let rows = diffusion.terms * (inputs + units)
    func weight(_ columns: Int, _ random: inout Philox) -> Parameter {
      Parameter(Initializer.xavierNormal([rows, columns], fanIn: rows, fanOut: columns, using: &random))
    }
    gateWeight = weight(2 * units, &random)
    gateBias = Parameter(.ones([2 * units]), role: .bias)
    candidateWeight = weight(units, &random)
    candidateBias = Parameter(.zeros([units]), role: .bias)
  }
}
