extension NDArray {
  /// Elements `from`, `from + by`, … below `to` of an axis. Shares memory where nothing lies between the elements.
  public func sliced(axis: Int, from: Int, to: Int, by step: Int = 1) -> NDArray {
    let index = shape.axis(axis)
    let extent = NDArray.sliceExtent(shape, index, from, to, step)
    let target = shape.replacing(index, with: extent)
    let (outer, length, inner) = shape.split(at: index)
    if extent == length && step == 1 { return self }
    if outer == 1 && step == 1 {
      return NDArray(storage: storage, offset: offset + from * inner, shape: target, dtype: dtype)
    }
    var view = StridedView(shape)
    view.restrict(index, first: from, extent: extent, step: step)
    return gathered(view, shape: target)
  }

  /// The gradient of ``sliced(axis:from:to:by:)``: this array at its places in a larger array of zeros.
  package func sliceGradient(shape whole: Shape, axis: Int, from: Int, to: Int, by step: Int = 1) -> NDArray {
    let index = whole.axis(axis)
    let extent = NDArray.sliceExtent(whole, index, from, to, step)
    require(shape == whole.replacing(index, with: extent), "sliceGradient: \(shape) is no such slice of \(whole)")
    var view = StridedView(whole)
    view.restrict(index, first: from, extent: extent, step: step)
    var out = NDArray.zeros(whole, dtype: dtype)
    out.scatter(self, to: view)
    return out
  }

  private static func sliceExtent(_ shape: Shape, _ axis: Int, _ from: Int, _ to: Int, _ step: Int) -> Int {
    require(
      0 <= from && from <= to && to <= shape[axis] && step > 0,
      "sliced: \(from)..<\(to) by \(step) is outside of axis \(axis) of \(shape)")
    return (to - from + step - 1) / step
  }

  /// A range of the first axis. Shares memory.
  public subscript(range: Range<Int>) -> NDArray { sliced(axis: 0, from: range.lowerBound, to: range.upperBound) }

  /// One element of the first axis, without that axis. Shares memory.
  public func row(_ index: Int) -> NDArray { self[index..<index + 1].reshaped(shape.removing(0)) }

  /// This array in a frame of one value: `amounts[i]` tells how many elements go before and after axis `i`.
  public func padded(_ amounts: [(before: Int, after: Int)], with value: Double = 0) -> NDArray {
    let (whole, view) = frame(amounts)
    var out = NDArray.full(whole, value, dtype: dtype)
    out.scatter(self, to: view)
    return out
  }

  /// The gradient of ``padded(_:with:)``: this array without its frame.
  package func paddingGradient(_ amounts: [(before: Int, after: Int)]) -> NDArray {
    require(amounts.count == rank, "paddingGradient: \(amounts.count) frames for the axes of \(shape)")
    var view = StridedView(shape)
    var target = Shape()
    for (axis, amount) in amounts.enumerated() {
      target.append(shape[axis] - amount.before - amount.after)
      view.restrict(axis, first: amount.before, extent: target[axis])
    }
    return gathered(view, shape: target)
  }

  private func frame(_ amounts: [(before: Int, after: Int)]) -> (Shape, StridedView) {
    require(amounts.count == rank, "padded: \(amounts.count) frames for the axes of \(shape)")
    var whole = Shape()
    for (axis, amount) in amounts.enumerated() {
      require(amount.before >= 0 && amount.after >= 0, "padded: axis \(axis) by \(amount)")
      whole.append(amount.before + shape[axis] + amount.after)
    }
    var view = StridedView(whole)
    for (axis, amount) in amounts.enumerated() { view.restrict(axis, first: amount.before, extent: shape[axis]) }
    return (whole, view)
  }
}
