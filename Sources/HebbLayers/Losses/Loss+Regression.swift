import HebbArrays
import HebbAutograd

// Losses of numbers: prediction and target have the same shape.

extension Loss {
  /// Mean of (prediction − target)².
  public static let meanSquaredError = Loss("mean squared error") { prediction, target in
    prediction.meanSquaredError(constant(target, like: prediction, "mean squared error"))
  }

  /// Mean of |prediction − target|.
  public static let meanAbsoluteError = regression("mean absolute error") { $0.abs() }

  /// A parabola near 0 and straight lines further out, for data with outliers: the mean, for e = |prediction − target|, of
  ///
  ///     e² / 2 where e ≤ δ, else δ (e − δ / 2)
  ///
  /// - Source: Huber 1964, doi:10.1214/aoms/1177703732.
  public static func huber(delta: Double = 1) -> Loss {
    require(delta > 0, "huber: delta \(delta) must be positive")
    return regression("huber") { error in
      let size = error.abs()
      let near = Tensor.minimum(size, Tensor(.full([], delta, dtype: size.dtype)))
      return near * (size - near * 0.5)
    }
  }

  /// Mean of |prediction − target| over the targets that are there; 0 where there are none.
  ///
  /// - Parameter missing: the number that stands for a missing target; NaN always does.
  public static func maskedMeanAbsoluteError(missing: Double? = nil) -> Loss {
    let name = "masked mean absolute error"
    return Loss(name) { prediction, target in
      let truth = constant(target, like: prediction, name).value
      var isThere = truth.equal(to: truth)  // NaN is not
      if let missing { isThere = isThere * (1 - truth.equal(to: missing)) }
      let zeros = NDArray.zeros(truth.shape, dtype: truth.dtype)
      let error = (prediction - Tensor(isThere.select(truth, zeros))).abs() * Tensor(isThere)
      return error.sum() / max(1, isThere.sum().scalar)
    }
  }

  private static func regression(_ name: String, _ penalty: @escaping @Sendable (Tensor) -> Tensor) -> Loss {
    Loss(name) { prediction, target in penalty(prediction - constant(target, like: prediction, name)).mean() }
  }
}
