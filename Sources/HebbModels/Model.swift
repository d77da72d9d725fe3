import HebbAutograd
import HebbLayers

/// A network that is known by name: a chain of layers with the sizes of its paper.
///
/// Its parameters are named by their place in the chain, as those of ``HebbLayers/Sequential`` are.
public protocol Model: Layer {
  /// The layers in the order in which they act.
  var layers: Sequential { get }
}

extension Model {
  public var members: Members { layers.members }
  public func callAsFunction(_ x: Tensor) -> Tensor { layers(x) }
  public func trace(_ x: Traced, path: String, _ visit: (TracedLayer) -> Void) -> Traced {
    layers.trace(x, path: path, visit)
  }
}
