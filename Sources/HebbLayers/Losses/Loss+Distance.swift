import HebbArrays
import HebbAutograd

// Losses of distributions and directions.

extension Loss {
  /// The Kullback–Leibler divergence of the target from the prediction: log-probabilities `[batch, …]` with probabilities of
  /// the same shape.
  ///
  ///     Σ t (log t − x) / batch          (PyTorch's reduction "batchmean", the one that is the divergence)
  ///
  /// - Source: Kullback and Leibler 1951, doi:10.1214/aoms/1177729694.
  public static let klDivergence = Loss("Kullback-Leibler divergence") { prediction, target in
    let t = constant(target, like: prediction, "Kullback-Leibler divergence").value
    let batch = Double(prediction.rank == 0 ? 1 : prediction.shape[0])
    let entropy = (t * NDArray.maximum(t, 1e-38).log()).sum()  // t log t is 0 where t is 0
    return (Tensor(entropy) - (prediction * Tensor(t)).sum()) / batch
  }

  /// One less the cosine of the angle between prediction and target, `[…, features]`: the mean over all rows.
  public static let cosine = Loss("cosine") { prediction, target in
    let t = constant(target, like: prediction, "cosine")
    let size = (prediction.squared().sum(axes: [-1]) + 1e-12) * (t.squared().sum(axes: [-1]) + 1e-12)
    return (1 - (prediction * t).sum(axes: [-1]) / size.squareRoot()).mean()
  }

  /// The triplet loss of embeddings in three equal parts along the batch: anchors, then positives, then negatives. The
  /// target is not read.
  public static func triplet(margin: Double = 1) -> Loss {
    Loss("triplet") { prediction, _ in
      require(
        prediction.rank > 1 && prediction.shape[0] % 3 == 0,
        "triplet: the batch of \(prediction.shape) is not anchors, positives and negatives in equal parts")
      let third = prediction.shape[0] / 3
      let parts = (0..<3).map { prediction.sliced(axis: 0, from: $0 * third, to: ($0 + 1) * third, by: 1) }
      return triplet(anchor: parts[0], positive: parts[1], negative: parts[2], margin: margin)
    }
  }

  /// Mean of max(0, d(anchor, positive) − d(anchor, negative) + margin) over all rows, with Euclidean distances d along the
  /// last axis.
  ///
  /// - Source: Schroff, Kalenichenko and Philbin 2015, "FaceNet", arXiv:1503.03832.
  public static func triplet(anchor: Tensor, positive: Tensor, negative: Tensor, margin: Double = 1) -> Tensor {
    require(
      anchor.shape == positive.shape && anchor.shape == negative.shape,
      "triplet: anchors \(anchor.shape), positives \(positive.shape), negatives \(negative.shape)")
    // The small summand, PyTorch's, keeps the root's slope finite where two points coincide.
    func distance(_ a: Tensor, _ b: Tensor) -> Tensor {
      (a - b + 1e-6).squared().sum(axes: [-1]).squareRoot()
    }
    return (distance(anchor, positive) - distance(anchor, negative) + margin).relu().mean()
  }
}
