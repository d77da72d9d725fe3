import HebbArrays

extension Tensor {
  /// Turns pairs of neighbouring features by angles that grow with time, so that the product of two steps depends on how far
  /// they are apart.
  ///
  ///     (a, b)ᵗⁱ → (a cos φ − b sin φ, a sin φ + b cos φ)          φ = t · base^(−2i / size)
  ///
  /// - Parameters:
  ///   - size: the features of a head, an even number; i counts the pairs within each head.
  ///   - features: how many of the first features are turned, all where nil.
  ///   - first: the time of the first step.
  /// - Shape: `[batch, time, …]` → the same.
  /// - Source: Su et al. 2021, "RoFormer: enhanced transformer with rotary position embedding", arXiv:2104.09864.
  public func rotated(size: Int, features: Int? = nil, from first: Int = 0, base: Double = 10_000) -> Tensor {
    let features = features ?? shape.innermost
    let y = value.rotated(size: size, features: features, from: first, base: base, backwards: false)
    return Tensor(y, from: self) { dy in
      [dy.rotated(size: size, features: features, from: first, base: base, backwards: true)]
    }
  }
}
