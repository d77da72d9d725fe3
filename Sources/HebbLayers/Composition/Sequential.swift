import HebbArrays
import HebbAutograd

/// Layers one after the other.
///
///     let model = Sequential {
///       Linear(784, 100, using: &random)
///       ReLU()
///       Linear(100, 10, using: &random)
///     }
///
/// Neighbours run in one pass over memory where they can: an activation with the layer before it, and in inference a batch
/// normalisation with the product before it. An activation's numbers are the same; those of a batch normalisation are rounded once
/// less.
public struct Sequential: Layer {
  /// In the order in which they run.
  public let layers: [any Layer]
  private let stages: [Stage]

  /// Layers in the order in which they run.
  public init(_ layers: [any Layer]) {
    self.layers = layers
    stages = Stage.grouping(layers)
  }

  /// Layers as they are listed; `if`, `for` and arrays of layers may stand among them.
  public init(@LayerBuilder _ layers: () -> [any Layer]) { self.init(layers()) }

  public var members: Members { Members(layers) }

  public func callAsFunction(_ x: Tensor) -> Tensor { stages.reduce(x) { $1($0, fusing: Stage.mayFuse($0)) } }

  /// This network's result plus `shortcut`, and an activation behind: in inference in the pass of the last product.
  func callAsFunction(_ x: Tensor, adding shortcut: Tensor, activation: FusedActivation) -> Tensor {
    let fusing = Stage.mayFuse(x) && !shortcut.isTracked
    guard let last = stages.last, fusing, last.addsResidual else {
      let y = self(x)
      Residual.check(y.shape, shortcut.shape)
      return (y + shortcut).activated(by: activation)
    }
    let inner = stages.dropLast().reduce(x) { $1($0, fusing: true) }
    if let shape = last.productShape(from: inner) { Residual.check(shape, shortcut.shape) }
    return last(inner, fusing: true, adding: shortcut.value, activation: activation)
  }

  public func trace(_ x: Traced, path: String, _ visit: (TracedLayer) -> Void) -> Traced {
    var x = x
    for (index, layer) in layers.enumerated() { x = layer.trace(x, path: join(path, "\(index)"), visit) }
    return x
  }

  /// The layers by name, of more than ten the first five and the last four; ``ModelSummary`` lists all of them with
  /// their shapes.
  public var description: String {
    let names = layers.map(\.description)
    let shown = names.count > 10 ? names.prefix(5) + ["… \(names.count - 9) more …"] + names.suffix(4) : names[...]
    return "Sequential(\(shown.joined(separator: ", ")))"
  }
}

/// Collects the layers of a ``Sequential``: layers, arrays of layers, `if` and `for`.
@resultBuilder
public enum LayerBuilder {
  /// A layer on a line of its own.
  public static func buildExpression(_ layer: any Layer) -> [any Layer] { [layer] }
  /// An array of layers on a line of its own.
  public static func buildExpression(_ layers: [any Layer]) -> [any Layer] { layers }
  /// The layers of all lines in order.
  public static func buildBlock(_ parts: [any Layer]...) -> [any Layer] { parts.flatMap(\.self) }
  /// The layers of every round of a `for`, in order.
  public static func buildArray(_ parts: [[any Layer]]) -> [any Layer] { parts.flatMap(\.self) }
  /// The layers of an `if` without `else`; none where it does not hold.
  public static func buildOptional(_ part: [any Layer]?) -> [any Layer] { part ?? [] }
  /// The layers of an `if` that holds.
  public static func buildEither(first: [any Layer]) -> [any Layer] { first }
  /// The layers of its `else`.
  public static func buildEither(second: [any Layer]) -> [any Layer] { second }
}
