extension NDArray {
  /// Arrays one after the other along an axis; they agree in all other extents.
  public static func concatenated(_ parts: [NDArray], axis: Int) -> NDArray {
    guard let first = parts.first else { fatalError("concatenated: there are no arrays") }
    if parts.count == 1 { return first }
    let index = first.shape.axis(axis)
    for part in parts {
      require(
        part.dtype == first.dtype && part.rank == first.rank
          && part.shape.replacing(index, with: 1) == first.shape.replacing(index, with: 1),
        "concatenated: \(part.shape) \(part.dtype) does not continue \(first.shape) \(first.dtype) along axis \(index)")
    }
    let total = parts.reduce(0) { $0 + $1.shape[index] }
    var out = NDArray(uninitialized: first.shape.replacing(index, with: total), first.dtype)
    let whole = StridedView(out.shape)
    var position = 0
    for part in parts {
      var view = whole
      view.restrict(index, first: position, extent: part.shape[index])
      out.scatter(part, to: view)
      position += part.shape[index]
    }
    return out
  }

  /// Arrays of one shape side by side along a new axis.
  public static func stacked(_ parts: [NDArray], axis: Int = 0) -> NDArray {
    guard let first = parts.first else { fatalError("stacked: there are no arrays") }
    for part in parts {
      require(part.shape == first.shape, "stacked: \(part.shape) beside \(first.shape)")
    }
    let index = axis < 0 ? axis + first.rank + 1 : axis
    return concatenated(parts.map { $0.expanded(at: index) }, axis: index)
  }

  /// The inverse of ``concatenated(_:axis:)``: pieces of the given extents. Along the first axis they share memory.
  public func split(_ sizes: [Int], axis: Int) -> [NDArray] {
    let total = sizes.reduce(0, +)
    require(total == shape[shape.axis(axis)], "split: \(sizes) do not add up to axis \(axis) of \(shape)")
    var position = 0
    return sizes.map { size in
      defer { position += size }
      return sliced(axis: axis, from: position, to: position + size)
    }
  }
}
