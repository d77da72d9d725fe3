import HebbAutograd

/// What a network makes of a batch: the loss that training follows, and what metrics look at.
public struct Outcome {
  /// A single number.
  public let loss: Tensor
  /// What metrics compare with the targets, such as logits `[samples, classes]`.
  public let prediction: Tensor

  /// A loss of one number, through which gradients flow, and the prediction that metrics take.
  public init(loss: Tensor, prediction: Tensor) { (self.loss, self.prediction) = (loss, prediction) }
}
