import HebbArrays
import HebbAutograd

/// Recurrent layers one above the other, each reading what the one below it gives.
///
///     Stacked([LSTM(64, 256, using: &random), LSTM(256, 256, using: &random)], dropout: 0.2)
///
/// In training a share of what goes from layer to layer is dropped.
///
/// - Input: `[batch, time, inputs]` of the first layer
/// - Output: `[batch, time, outputs]` of the last
/// - State: those of all layers in order
/// - Source: El Hihi and Bengio 1995, "Hierarchical recurrent neural networks for long-term dependencies".
public struct Stacked: RecurrentLayer {
  /// From below.
  public let layers: [any RecurrentLayer]
  /// What is dropped between two layers; the last layer's outputs are left alone.
  public let dropout: Double

  public var members: Members { Members(layers) }

  /// Layers from below, of which each takes what the one before gives; `dropout` is 0 or more and below 1.
  public init(_ layers: [any RecurrentLayer], dropout: Double = 0) {
    require(!layers.isEmpty, "Stacked: there are no layers")
    require(dropout >= 0 && dropout < 1, "Stacked: the dropout \(dropout) is not in 0..<1")
    (self.layers, self.dropout) = (layers, dropout)
  }

  public var outputs: Int { layers[layers.count - 1].outputs }
  public var stateCount: Int { layers.reduce(0) { $0 + $1.stateCount } }
  public var isCausal: Bool { layers.allSatisfy(\.isCausal) }

  public func run(
    _ x: Tensor, from state: RecurrentState?, over steps: TimeSteps
  ) -> (outputs: Tensor, state: RecurrentState) {
    let starts = state.map(parts)
    var y = x
    var after: [Tensor] = []
    for (index, layer) in layers.enumerated() {
      if index > 0 { y = y.dropped(probability: dropout) }
      let result = layer.run(y, from: starts?[index], over: steps)
      y = result.outputs
      after += result.state.tensors
    }
    return (y, RecurrentState(after))
  }

  public func summary(of state: RecurrentState) -> Tensor {
    let last = layers[layers.count - 1]
    return last.summary(of: parts(state)[layers.count - 1])
  }

  private func parts(_ state: RecurrentState) -> [RecurrentState] { state.split(layers.map(\.stateCount), "\(self)") }

  public func trace(_ x: Traced, path: String, _ visit: (TracedLayer) -> Void) -> Traced {
    var x = x
    for (index, layer) in layers.enumerated() { x = layer.trace(x, path: join(path, "\(index)"), visit) }
    return x
  }

  public var window: Window? { nil }

  public var description: String {
    "Stacked(\(layers.map { "\($0)" }.joined(separator: ", "))\(dropout > 0 ? ", dropout \(dropout)" : ""))"
  }
}
