import HebbArrays
import HebbAutograd

/// How far a network's prediction is from what it should be, as one number to be made small.
///
///     let (loss, gradients) = valueAndGradients { Loss.crossEntropy(model(x), labels) }
///
/// Reductions are PyTorch's: means over the elements or over the batch, as each loss says. A loss of your own is a closure
/// from the prediction and the target to a tensor with a single element:
///
///     let quartic = Loss("quartic") { prediction, target in (prediction - Tensor(target)).pow(4).mean() }
public struct Loss: Sendable {
  /// What it is called in logs.
  public let name: String
  private let compute: @Sendable (_ prediction: Tensor, _ target: NDArray) -> Tensor

  /// A loss of your own: a name for logs, and a tensor of one number from predictions and targets.
  public init(_ name: String, _ compute: @escaping @Sendable (_ prediction: Tensor, _ target: NDArray) -> Tensor) {
    self.name = name
    self.compute = compute
  }

  /// The loss of a prediction: a tensor of one number, through which gradients flow.
  public func callAsFunction(_ prediction: Tensor, _ target: NDArray) -> Tensor { compute(prediction, target) }

  /// The same loss with both sides named.
  public func callAsFunction(prediction: Tensor, target: NDArray) -> Tensor { compute(prediction, target) }

  /// The loss of plain arrays.
  public func callAsFunction(_ prediction: NDArray, _ target: NDArray) -> Double {
    compute(Tensor(prediction), target).value.scalar
  }

  /// The target as a constant of the prediction's element type, of the same shape.
  static func constant(_ target: NDArray, like prediction: Tensor, _ name: String) -> Tensor {
    require(
      target.shape == prediction.shape, "\(name): the prediction \(prediction.shape) and the target \(target.shape)")
    return Tensor(target.cast(to: prediction.dtype))
  }
}

extension Loss: CustomStringConvertible {
  public var description: String { name }
}
