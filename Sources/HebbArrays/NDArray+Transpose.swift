extension NDArray {
  /// The axes in another order: axis `i` of the result is axis `permutation[i]` of this array.
  public func transposed(_ permutation: [Int]) -> NDArray {
    require(permutation.count == rank, "transposed: \(permutation) does not order the axes of \(shape)")
    let own = StridedView(shape)
    var view = StridedView()
    var target = Shape()
    var seen = 0
    for entry in permutation {
      let axis = shape.axis(entry)
      require(seen & (1 << axis) == 0, "transposed: \(permutation) names axis \(axis) twice")
      seen |= 1 << axis
      view.append(shape[axis], stride: own.strides[axis])
      target.append(shape[axis])
    }
    return gathered(view, shape: target)
  }

  /// The last two axes exchanged: rows become columns.
  public func transposed() -> NDArray {
    require(rank >= 2, "transposed: \(shape) has no rows and columns")
    return transposed(Array(0..<rank - 2) + [rank - 1, rank - 2])
  }

  /// The elements in reverse order along the given axes.
  public func flipped(_ axes: [Int]) -> NDArray {
    var view = StridedView(shape)
    for axis in axes.map({ shape.axis($0) }) where shape[axis] > 1 {
      view.restrict(axis, first: shape[axis] - 1, extent: shape[axis], step: -1)
    }
    return gathered(view, shape: shape)
  }
}
