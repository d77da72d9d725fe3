extension NDArray {
  /// The same elements under another shape of the same count. Shares memory.
  public func reshaped(_ shape: Shape) -> NDArray {
    require(shape.count == count, "reshaped: \(self.shape) and \(shape) differ in their number of elements")
    return NDArray(storage: storage, offset: offset, shape: shape, dtype: dtype)
  }

  /// The same elements under other extents, one of which may be −1: whatever is left for it. Shares memory.
  public func reshaped(_ extents: Int...) -> NDArray {
    guard let open = extents.firstIndex(of: -1) else { return reshaped(Shape(extents)) }
    var known = 1
    for (i, extent) in extents.enumerated() where i != open { known *= extent }
    require(
      known > 0 && count % known == 0, "reshaped: \(count) elements of \(shape) do not fill the extents \(extents)")
    var filled = extents
    filled[open] = count / known
    return reshaped(Shape(filled))
  }

  /// All axes from `axis` on as one: `[batch, height, width]` flattened from 1 is `[batch, height · width]`.
  public func flattened(from axis: Int = 0) -> NDArray {
    guard rank > 0 else { return reshaped([1]) }
    let first = shape.axis(axis)
    var flat = Shape()
    for i in 0..<first { flat.append(shape[i]) }
    flat.append(shape.dropFirst(first).reduce(1, *))
    return reshaped(flat)
  }

  /// A new axis of extent 1 before `axis`; −1 puts it last.
  public func expanded(at axis: Int) -> NDArray { reshaped(shape.inserting(1, at: axis)) }

  /// Without an axis whose extent is 1.
  public func squeezed(_ axis: Int) -> NDArray {
    require(shape[shape.axis(axis)] == 1, "squeezed: axis \(axis) of \(shape) is not 1")
    return reshaped(shape.removing(axis))
  }

  /// The elements repeated along axes of extent 1 and new outer axes, as in NumPy.
  public func broadcast(to target: Shape) -> NDArray {
    guard target != shape else { return self }
    require(shape.broadcast(with: target) == target, "broadcast: \(shape) does not stretch to \(target)")
    let own = StridedView(shape)
    var view = StridedView()
    let added = target.rank - rank
    for (i, extent) in target.enumerated() {
      let stretched = i < added || shape[i - added] != extent
      view.append(extent, stride: stretched ? 0 : own.strides[i - added])
    }
    return gathered(view, shape: target)
  }

  /// Each element `times` times in a row along an axis: a, b → a, a, b, b.
  public func repeated(_ times: Int, axis: Int) -> NDArray { repeated(times, axis: axis, inner: true) }

  /// The whole axis `times` times in a row: a, b → a, b, a, b.
  public func tiled(_ times: Int, axis: Int) -> NDArray { repeated(times, axis: axis, inner: false) }

  private func repeated(_ times: Int, axis: Int, inner: Bool) -> NDArray {
    require(times >= 0, "repeated: \(times) times")
    let index = shape.axis(axis)
    let own = StridedView(shape)
    var view = StridedView()
    for i in 0..<rank {
      if i == index && !inner { view.append(times, stride: 0) }
      view.append(own.extents[i], stride: own.strides[i])
      if i == index && inner { view.append(times, stride: 0) }
    }
    return gathered(view, shape: shape.replacing(index, with: shape[index] * times))
  }
}
