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
/// A ReLU behind a layer that can apply it itself runs in that layer's pass; the numbers are the same.
public struct Sequential: Layer {
  public let layers: [any Layer]
  private let stages: [Stage]

  /// One call, of one or two layers.
  private enum Stage {
    case layer(any Layer)
    case rectified(any FusesReLU)
  }

  public init(_ layers: [any Layer]) {
    self.layers = layers
    var stages: [Stage] = []
    for layer in layers {
      if layer is ReLU, case .layer(let last as any FusesReLU) = stages.last {
        stages[stages.count - 1] = .rectified(last)
      } else {
        stages.append(.layer(layer))
      }
    }
    self.stages = stages
  }

  public init(@LayerBuilder _ layers: () -> [any Layer]) { self.init(layers()) }

  public var members: Members { Members(layers) }

  public func callAsFunction(_ x: Tensor) -> Tensor {
    var x = x
    for stage in stages {
      switch stage {
      case .layer(let layer): x = layer(x)
      case .rectified(let layer): x = layer(x, relu: true)
      }
    }
    return x
  }

  public func trace(_ x: Tensor, path: String, _ visit: (TracedLayer) -> Void) -> Tensor {
    var x = x
    for (index, layer) in layers.enumerated() {
      x = layer.trace(x, path: path.isEmpty ? "\(index)" : "\(path).\(index)", visit)
    }
    return x
  }
}

/// Collects the layers of a ``Sequential``: layers, arrays of layers, `if` and `for`.
@resultBuilder
public enum LayerBuilder {
  public static func buildExpression(_ layer: any Layer) -> [any Layer] { [layer] }
  public static func buildExpression(_ layers: [any Layer]) -> [any Layer] { layers }
  public static func buildBlock(_ parts: [any Layer]...) -> [any Layer] { parts.flatMap(\.self) }
  public static func buildArray(_ parts: [[any Layer]]) -> [any Layer] { parts.flatMap(\.self) }
  public static func buildOptional(_ part: [any Layer]?) -> [any Layer] { part ?? [] }
  public static func buildEither(first: [any Layer]) -> [any Layer] { first }
  public static func buildEither(second: [any Layer]) -> [any Layer] { second }
}
