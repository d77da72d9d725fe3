import HebbArrays

extension Tensor {
  /// The same elements in another shape.
  public func reshaped(_ target: Shape) -> Tensor {
    let shape = shape
    return Tensor(value.reshaped(target), from: self) { dy in [dy.reshaped(shape)] }
  }

  /// The same elements in another shape; one extent may be −1 and is inferred.
  public func reshaped(_ extents: Int...) -> Tensor {
    let known = extents.filter { $0 != -1 }.reduce(1, *)
    return reshaped(Shape(extents.map { $0 == -1 ? value.count / Swift.max(1, known) : $0 }))
  }

  /// All axes from `axis` on as one.
  ///
  /// - Shape: `[a, b, c]` from axis 1 → `[a, b · c]`.
  public func flattened(from axis: Int = 0) -> Tensor { reshaped(value.flattened(from: axis).shape) }

  /// A new axis of extent 1 before `axis`; −1 puts it last.
  ///
  /// - Shape: `[a, b]` at 1 → `[a, 1, b]`.
  public func expanded(at axis: Int) -> Tensor { reshaped(shape.inserting(1, at: axis)) }

  /// Without an axis whose extent is 1.
  ///
  /// - Shape: `[a, 1, b]` at 1 → `[a, b]`.
  public func squeezed(_ axis: Int) -> Tensor { reshaped(value.squeezed(axis).shape) }

  /// The last two axes swapped.
  ///
  /// - Shape: `[…, a, b]` → `[…, b, a]`.
  public func transposed() -> Tensor { Tensor(value.transposed(), from: self) { dy in [dy.transposed()] } }

  /// The axes in another order: axis i of the result is axis `permutation[i]`.
  ///
  /// - Shape: `[a, b, c]` by `[2, 0, 1]` → `[c, a, b]`.
  public func transposed(_ permutation: [Int]) -> Tensor {
    var inverse = permutation
    for (index, axis) in permutation.enumerated() { inverse[shape.axis(axis)] = index }
    return Tensor(value.transposed(permutation), from: self) { [inverse] dy in [dy.transposed(inverse)] }
  }

  /// Elements `from`, `from + step`, … before `to` of an axis.
  ///
  /// - Shape: extent n of the axis → ⌈(to − from) / step⌉.
  public func sliced(axis: Int, from: Int, to: Int, by step: Int = 1) -> Tensor {
    let shape = shape
    return Tensor(value.sliced(axis: axis, from: from, to: to, by: step), from: self) { dy in
      [dy.sliceGradient(shape: shape, axis: axis, from: from, to: to, by: step)]
    }
  }

  /// Tensors one behind the other along an axis.
  ///
  /// - Shape: alike but along the axis → the sum of its extents there.
  public static func concatenated(_ parts: [Tensor], axis: Int) -> Tensor {
    require(!parts.isEmpty, "concatenated: no tensors")
    let place = parts[0].shape.axis(axis)
    let sizes = parts.map { $0.shape[place] }
    return Tensor(.concatenated(parts.map(\.value), axis: place), from: parts) { dy in dy.split(sizes, axis: place) }
  }

  /// Tensors of one shape along a new axis.
  public static func stacked(_ parts: [Tensor], axis: Int = 0) -> Tensor {
    concatenated(parts.map { $0.expanded(at: axis) }, axis: axis)
  }

  /// The tensor cut along an axis into parts of the given sizes.
  ///
  /// - Shape: the axis's extent is the sum of `sizes`.
  public func split(_ sizes: [Int], axis: Int) -> [Tensor] {
    var start = 0
    return sizes.map { size in
      defer { start += size }
      return sliced(axis: axis, from: start, to: start + size)
    }
  }

  /// A value around the elements: for each axis, how many before and after.
  ///
  /// - Shape: extent n of an axis → before + n + after.
  public func padded(_ amounts: [(before: Int, after: Int)], with fill: Double = 0) -> Tensor {
    Tensor(value.padded(amounts, with: fill), from: self) { dy in [dy.paddingGradient(amounts)] }
  }

  /// Some axes backwards.
  ///
  /// - Shape: any → the same.
  public func flipped(_ axes: [Int]) -> Tensor { Tensor(value.flipped(axes), from: self) { dy in [dy.flipped(axes)] } }

  /// The elements stretched along axes of extent 1 and new outer axes.
  ///
  /// - Shape: one that broadcasts to `target` → `target`.
  public func broadcast(to target: Shape) -> Tensor {
    let shape = shape
    return Tensor(value.broadcast(to: target), from: self) { dy in [dy.sum(to: shape)] }
  }
}
