import HebbArrays

extension Tensor {
  /// The mean cross-entropy of logits and labels, softmax and gradient in one pass.
  ///
  ///     L = −Σ wₖ ln softmax(x)ₖ / Σ wₖ,  k the label of each row
  ///
  /// - Shape: `[…, classes]` → `[]`.
  /// - Parameters:
  ///   - labels: int32, the shape without the last axis.
  ///   - smoothing: the share of the target that is spread evenly over all classes.
  ///   - classWeights: a factor for each class.
  ///   - ignoring: rows with this label count nothing.
  public func softmaxCrossEntropy(
    labels: NDArray, smoothing: Double = 0, classWeights: NDArray? = nil, ignoring: Int? = nil
  ) -> Tensor {
    let options = CrossEntropy(smoothing: smoothing, weights: classWeights, ignoredLabel: ignoring ?? -100)
    let (loss, gradient) = value.crossEntropy(labels: labels, options, gradient: isTracked)
    return Tensor(loss, from: self) { dy in [gradient.map { $0 * dy }] }
  }

  /// The mean cross-entropy of logits and target probabilities.
  ///
  ///     L = −Σ t ln softmax(x) / rows
  ///
  /// - Shape: `[…, classes]` and the same → `[]`.
  public func softmaxCrossEntropy(
    probabilities: NDArray, smoothing: Double = 0, classWeights: NDArray? = nil
  ) -> Tensor {
    let options = CrossEntropy(smoothing: smoothing, weights: classWeights)
    let (loss, gradient) = value.crossEntropy(probabilities: probabilities, options, gradient: isTracked)
    return Tensor(loss, from: self) { dy in [gradient.map { $0 * dy }] }
  }
}
