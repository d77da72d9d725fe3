import HebbArrays

extension Tensor {
  /// Rows by their numbers: an embedding.
  ///
  /// - Shapes: `[rows, …]` and int32 numbers of any shape → `[numbers…, …]`.
  public func gathered(rows numbers: NDArray) -> Tensor {
    let count = shape[0]
    return Tensor(value.gathered(rows: numbers), from: self) { dy in [dy.scatterAdded(rows: numbers, count: count)] }
  }

  /// One element of each row of the last axis.
  ///
  /// - Shapes: `[…, n]` and int32 numbers `[…]` → `[…]`.
  public func gathered(alongLastAxis numbers: NDArray) -> Tensor {
    let width = shape.innermost
    return Tensor(value.gathered(alongLastAxis: numbers), from: self) { dy in
      [dy.scattered(alongLastAxis: numbers, width: width)]
    }
  }

  /// Elements of `a` where the mask is not 0, else of `b`; all three broadcast.
  ///
  /// - Shape: three that broadcast → the broadcast shape.
  public static func select(_ mask: NDArray, _ a: Tensor, _ b: Tensor) -> Tensor {
    let (aShape, bShape) = (a.shape, b.shape)
    let (needsLeft, needsRight) = (a.isTracked, b.isTracked)
    return Tensor(mask.select(a.value, b.value), from: a, b) { dy in
      let zero = NDArray.zeros([], dtype: dy.dtype)
      return [
        needsLeft ? mask.select(dy, zero).sum(to: aShape) : nil,
        needsRight ? mask.select(zero, dy).sum(to: bShape) : nil,
      ]
    }
  }
}
