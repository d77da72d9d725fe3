import HebbArrays
import HebbAutograd

// Losses of classes. Predictions are logits: numbers before a softmax or sigmoid.

extension Loss {
  /// Softmax cross-entropy: −log of the probability that the network gives the true class.
  ///
  /// Logits `[…, classes]` with labels of shape `[…]`, or with probabilities of the logits' shape. The mean over all labels.
  public static let crossEntropy = crossEntropy()

  /// Softmax cross-entropy with options.
  ///
  /// - Parameters:
  ///   - smoothing: this share of the target is spread evenly over all classes.
  ///   - classWeights: a factor for each class; the mean is then weighted by those of the labels.
  ///   - ignoring: places with this label count nothing, such as those behind the end of a sequence.
  /// - Source: smoothing: Szegedy et al. 2016, arXiv:1512.00567.
  public static func crossEntropy(
    smoothing: Double = 0, classWeights: [Double]? = nil, ignoring label: Int? = nil
  ) -> Loss {
    Loss("cross-entropy") { prediction, target in
      let logits = prediction.reshaped([prediction.shape.rows, prediction.shape.innermost])
      let weights = classWeights.map { NDArray($0).cast(to: logits.dtype) }
      if target.shape == prediction.shape, target.dtype.isFloatingPoint {
        require(label == nil, "cross-entropy: only labels can be ignored, not probabilities")
        return logits.softmaxCrossEntropy(
          probabilities: target.reshaped(logits.shape).cast(to: logits.dtype), smoothing: smoothing,
          classWeights: weights)
      }
      let labels = classLabels(target, of: prediction, "cross-entropy")
      return logits.softmaxCrossEntropy(
        labels: labels, smoothing: smoothing, classWeights: weights, ignoring: label)
    }
  }

  /// Cross-entropy of yes-or-no questions, each by its own logit; targets are 0, 1 or between.
  ///
  ///     mean of −t log σ(x) − (1 − t) log(1 − σ(x))
  public static let binaryCrossEntropy = binaryCrossEntropy(positiveWeight: 1)

  /// Binary cross-entropy in which a yes counts `positiveWeight` times.
  public static func binaryCrossEntropy(positiveWeight: Double) -> Loss {
    Loss("binary cross-entropy") { prediction, target in
      let t = constant(target, like: prediction, "binary cross-entropy")
      return (t * (-prediction).softplus() * positiveWeight + (1 - t) * prediction.softplus()).mean()
    }
  }

  /// Binary cross-entropy of probabilities. Its logarithms do not fall below −100; ``binaryCrossEntropy`` of logits is exact
  /// everywhere.
  public static let binaryCrossEntropyOfProbabilities = Loss("binary cross-entropy of probabilities") {
    prediction, target in
    let t = constant(target, like: prediction, "binary cross-entropy of probabilities")
    let floor = Tensor(.full([], -100, dtype: t.dtype))
    let yes = Tensor.maximum(prediction.log(), floor)
    let no = Tensor.maximum((1 - prediction).log(), floor)
    return -(t * yes + (1 - t) * no).mean()
  }

  /// The hinge of a two-class margin, for targets −1 and 1 of the prediction's shape: mean of max(0, 1 − t · x).
  ///
  /// - Source: Cortes and Vapnik 1995, doi:10.1007/BF00994018.
  public static let hinge = Loss("hinge") { prediction, target in
    (1 - constant(target, like: prediction, "hinge") * prediction).relu().mean()
  }

  /// The hinge of many classes, for scores `[…, classes]` and labels `[…]`: every class whose score comes within 1 of the
  /// true class's costs.
  ///
  ///     mean over labels of Σ max(0, 1 − x[label] + x[i]) / classes, over all i but the label
  ///
  /// - Source: Weston and Watkins 1999, "Support vector machines for multi-class pattern recognition".
  public static let multiclassHinge = Loss("multiclass hinge") { prediction, target in
    let classes = prediction.shape.innermost
    let scores = prediction.reshaped([prediction.shape.rows, classes])
    let labels = classLabels(target, of: prediction, "multiclass hinge")
    for row in 0..<labels.count {
      let label = Int(labels.element(row))
      require(
        label >= 0 && label < classes,
        "multiclass hinge: the label \(label) of row \(row) is outside of \(classes) classes")
    }
    let others = 1 - labels.oneHot(classes: classes, dtype: scores.dtype)
    let truth = scores.gathered(alongLastAxis: labels).reshaped([scores.shape[0], 1])
    return ((scores - truth + 1).relu() * Tensor(others)).mean()
  }

  /// Labels as a vector of int32, one for each row of logits.
  private static func classLabels(_ target: NDArray, of prediction: Tensor, _ name: String) -> NDArray {
    require(
      prediction.rank > 0 && target.shape == prediction.shape.removing(-1),
      "\(name): a prediction \(prediction.shape) needs labels \(prediction.rank > 0 ? prediction.shape.removing(-1) : [])"
        + " or probabilities \(prediction.shape), not \(target.shape) \(target.dtype)")
    return target.wholeNumbers(name).reshaped([target.count])
  }
}

extension Shape {
  /// How many rows an array has whose last axis is a row.
  fileprivate var rows: Int { rank == 0 ? 1 : removing(-1).count }
}
