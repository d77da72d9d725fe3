import HebbArrays
import HebbAutograd

/// A module that turns one tensor into another.
///
/// A layer of your own needs two things: what it computes, and its members.
///
///     struct Scale: Layer {
///       let factor: Parameter
///       var members: Members { ["factor": factor] }
///       func callAsFunction(_ x: Tensor) -> Tensor { x * factor.tensor }
///     }
public protocol Layer: Module, CustomStringConvertible {
  func callAsFunction(_ x: Tensor) -> Tensor

  /// Multiplications (each with its addition) for one pass from a shape to a shape. 0 unless a layer says otherwise.
  func multiplyAdds(from input: Shape, to output: Shape) -> Int

  /// The window of input pixels that one pixel of the result sees, where there is one.
  var window: Window? { get }

  /// Runs the layer and shows each innermost layer with what went in and what came out.
  func trace(_ x: Tensor, path: String, _ visit: (TracedLayer) -> Void) -> Tensor
}

/// What a pixel of a result sees of the input.
public struct Window: Sendable, Hashable {
  /// The pixels that it spans, dilation included.
  public var span: Pair
  public var stride: Pair

  public init(span: Pair, stride: Pair) {
    self.span = span
    self.stride = stride
  }
}

/// One layer at work: where it stands, what it read and what it gave.
public struct TracedLayer {
  /// The names of the members that lead to the layer, joined by dots.
  public let path: String
  public let layer: any Layer
  public let input: Tensor
  public let output: Tensor
}

extension Layer {
  public var members: Members { [:] }
  public var window: Window? { nil }
  public var description: String { String(describing: type(of: self)) }

  public func multiplyAdds(from input: Shape, to output: Shape) -> Int { 0 }

  public func trace(_ x: Tensor, path: String, _ visit: (TracedLayer) -> Void) -> Tensor {
    let y = self(x)
    visit(TracedLayer(path: path, layer: self, input: x, output: y))
    return y
  }

  /// The result for a plain array.
  public func callAsFunction(_ x: NDArray) -> NDArray { self(Tensor(x)).value }
}

/// A layer that can apply ReLU to its result in the same pass over memory.
public protocol FusesReLU: Layer {
  func callAsFunction(_ x: Tensor, relu: Bool) -> Tensor
}

extension FusesReLU {
  public func callAsFunction(_ x: Tensor) -> Tensor { self(x, relu: false) }
}
