// Sums, means and extremes, of all elements or over some axes. A kept axis has the extent 1. Negative axes count from the
// back; no axes leave the array as it is.

extension NDArray {
  /// The sum of all elements, of shape `[]`.
  public func sum() -> NDArray { reduced(.sum, over: .all(of: shape), keeping: false) }
  /// Sums over some axes.
  public func sum(axes: [Int], keepingAxes: Bool = false) -> NDArray {
    reduced(.sum, over: AxisSet(axes, of: shape), keeping: keepingAxes)
  }
  /// Sums over one axis.
  public func sum(axis: Int, keepingAxis: Bool = false) -> NDArray {
    reduced(.sum, over: AxisSet(CollectionOfOne(axis), of: shape), keeping: keepingAxis)
  }

  /// Σ x² over all elements, of shape `[]`.
  public func sumOfSquares() -> NDArray { reduced(.sumOfSquares, over: .all(of: shape), keeping: false) }

  /// Undoes broadcasting: sums over the axes that `target` would stretch, so that the result has the shape `target`.
  public func sum(to target: Shape) -> NDArray {
    guard shape != target else { return self }
    require(target.broadcast(with: shape) == shape, "sum: \(target) does not stretch to \(shape)")
    var axes = AxisSet()
    for axis in 0..<rank {
      let place = axis - (rank - target.rank)
      if place < 0 || target[place] != shape[axis] { axes.insert(axis) }
    }
    let sum = reduced(.sum, over: axes, keeping: true)
    return NDArray(storage: sum.storage, offset: sum.offset, shape: target, dtype: dtype)
  }

  /// The mean of all elements, of shape `[]`.
  public func mean() -> NDArray { mean(over: .all(of: shape), keeping: false) }
  /// Means over some axes.
  public func mean(axes: [Int], keepingAxes: Bool = false) -> NDArray {
    mean(over: AxisSet(axes, of: shape), keeping: keepingAxes)
  }
  /// Means over one axis.
  public func mean(axis: Int, keepingAxis: Bool = false) -> NDArray {
    mean(over: AxisSet(CollectionOfOne(axis), of: shape), keeping: keepingAxis)
  }

  /// The population variance of all elements, Σ (x − mean)² / n, of shape `[]`.
  public func variance() -> NDArray { variance(over: .all(of: shape), keeping: false) }
  /// Population variances over some axes.
  public func variance(axes: [Int], keepingAxes: Bool = false) -> NDArray {
    variance(over: AxisSet(axes, of: shape), keeping: keepingAxes)
  }

  /// The largest element, of shape `[]`; NaN where any element is NaN.
  public func max() -> NDArray { reduced(.maximum, over: .all(of: shape), keeping: false) }
  /// The largest elements over some axes; NaN where any is NaN.
  public func max(axes: [Int], keepingAxes: Bool = false) -> NDArray {
    reduced(.maximum, over: AxisSet(axes, of: shape), keeping: keepingAxes)
  }
  /// The smallest element, of shape `[]`; NaN where any element is NaN.
  public func min() -> NDArray { reduced(.minimum, over: .all(of: shape), keeping: false) }
  /// The smallest elements over some axes; NaN where any is NaN.
  public func min(axes: [Int], keepingAxes: Bool = false) -> NDArray {
    reduced(.minimum, over: AxisSet(axes, of: shape), keeping: keepingAxes)
  }

  private func mean(over axes: AxisSet, keeping: Bool) -> NDArray {
    require(dtype.isFloatingPoint, "mean needs floating-point elements, not \(dtype), for \(shape)")
    return reduced(.sum, over: axes, keeping: keeping) / Double(axes.count(in: shape))
  }

  private func variance(over axes: AxisSet, keeping: Bool) -> NDArray {
    (self - mean(over: axes, keeping: true)).squared().mean(over: axes, keeping: keeping)
  }

  /// The place of the largest element along an axis, as int32: the first of equals, and the first NaN before all numbers.
  public func argMax(axis: Int) -> NDArray {
    let (outer, length, inner) = shape.split(at: axis)
    require(length > 0, "argMax: the axis \(axis) of \(shape) is empty")
    switch dtype {
    case .float32: return places(Float.self, outer, length, inner, shape.removing(axis))
    case .float64: return places(Double.self, outer, length, inner, shape.removing(axis))
    case .int32: return places(Int32.self, outer, length, inner, shape.removing(axis))
    case .uint8: return places(UInt8.self, outer, length, inner, shape.removing(axis))
    }
  }

  private func places<T: Scalar>(_: T.Type, _ outer: Int, _ length: Int, _ inner: Int, _ shape: Shape) -> NDArray {
    let result = NDArray(uninitialized: shape, .int32)
    let start = pointer(to: T.self)
    let y = result.mutablePointer(to: Int32.self)
    ThreadPool.shared.rows(outer * inner, width: length) { range in
      for index in range {
        let x = start + index / inner * length * inner + index % inner
        var best = 0
        for i in 1..<Swift.max(length, 1) {
          let (value, top) = (x[i * inner], x[best * inner])
          if value > top || (value != value && top == top) { best = i }
        }
        y[index] = Int32(best)
      }
    }
    return result
  }
}
