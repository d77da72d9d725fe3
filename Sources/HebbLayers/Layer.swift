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
  /// The result for an input.
  func callAsFunction(_ x: Tensor) -> Tensor

  /// Multiplications (each with its addition) for one pass from a shape to a shape. 0 unless a layer says otherwise.
  func multiplyAdds(from input: Shape, to output: Shape) -> Int

  /// The window of input pixels that one pixel of the result sees: ``Window/point`` unless a layer says otherwise, nil
  /// where it sees all of them.
  var window: Window? { get }

  /// Runs the layer and shows each innermost layer with what went in and what came out.
  func trace(_ x: Traced, path: String, _ visit: (TracedLayer) -> Void) -> Traced
}

extension Layer {
  public var members: Members { [:] }
  public var window: Window? { .point }
  public var description: String { String(describing: type(of: self)) }

  public func multiplyAdds(from input: Shape, to output: Shape) -> Int { 0 }

  /// The result for a plain array.
  public func callAsFunction(_ x: NDArray) -> NDArray { self(Tensor(x)).value }
}

/// A layer that can apply an activation to its own result.
public protocol FusesActivation: Layer {
  /// The result with the activation applied to it.
  func callAsFunction(_ x: Tensor, activation: FusedActivation) -> Tensor
}

extension FusesActivation {
  public func callAsFunction(_ x: Tensor) -> Tensor { self(x, activation: .none) }
}

/// An activation that a layer before it may apply.
protocol Fusible: Layer {
  static var fused: FusedActivation { get }
}

/// A layer of products that can finish its sums before it stores them: scale them, add to them, rectify them.
protocol FinishesSums: FusesActivation {
  var bias: Parameter? { get }

  /// The plain result for an array, with `epilogue` in the place of the layer's own bias.
  func callAsFunction(_ x: NDArray, epilogue: Epilogue) -> NDArray

  /// The shape of the result for an array, which must fit.
  func resultShape(from x: NDArray) -> Shape
}
