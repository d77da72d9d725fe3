import HebbArrays
import HebbAutograd

/// A body and a way around it, added up.
///
///     y = body(x) + shortcut(x)          shortcut(x) = x unless one is given
///
///     Residual {
///       Conv2D(64, 128, kernel: 3, stride: 2, padding: 1, bias: false, using: &random)
///       BatchNorm(128)
///       ReLU()
///       Conv2D(128, 128, kernel: 3, padding: 1, bias: false, using: &random)
///       BatchNorm(128)
///     } shortcut: {
///       Conv2D(64, 128, kernel: 1, stride: 2, bias: false, using: &random)
///       BatchNorm(128)
///     }
///     ReLU()
///
/// A ReLU behind it, and in inference the sum too, run in the pass of the body's last product.
///
/// - Input: any that the body takes
/// - Output: that of the body; the shortcut must give the same shape
/// - Source: He, Zhang, Ren and Sun 2016, arXiv:1512.03385.
public struct Residual: FusesActivation {
  /// The layers that the input goes through.
  public let body: Sequential
  /// The layers on the way around; nil where the input itself is added.
  public let shortcut: Sequential?

  public var members: Members { ["body": body, "shortcut": shortcut] }

  /// A body, and what runs beside it; the input itself where that is nil.
  public init(_ body: Sequential, shortcut: Sequential? = nil) {
    self.body = body
    self.shortcut = shortcut
  }

  /// A body that keeps the shape: the input itself is added.
  public init(@LayerBuilder _ body: () -> [any Layer]) { self.init(Sequential(body())) }

  /// A body, and the layers that bring the input to its shape.
  public init(@LayerBuilder _ body: () -> [any Layer], @LayerBuilder shortcut: () -> [any Layer]) {
    self.init(Sequential(body()), shortcut: Sequential(shortcut()))
  }

  public func callAsFunction(_ x: Tensor, activation: FusedActivation) -> Tensor {
    body(x, adding: shortcut.map { $0(x) } ?? x, activation: activation)
  }

  /// Stops where the two branches cannot be added.
  static func check(_ body: Shape, _ shortcut: Shape) {
    require(
      body == shortcut,
      "Residual: the body gives \(body), the shortcut \(shortcut); bring the shortcut to the body's shape with a layer")
  }

  public func trace(_ x: Traced, path: String, _ visit: (TracedLayer) -> Void) -> Traced {
    let y = body.trace(x, path: join(path, "body"), visit)
    let around = shortcut?.trace(x, path: join(path, "shortcut"), visit) ?? x
    Residual.check(y.tensor.shape, around.tensor.shape)
    let field = y.field.flatMap { field in around.field.map { field.joined(with: $0) } }
    return Traced(y.tensor + around.tensor, field: field)
  }
}
