import HebbArrays

extension Tensor {
  /// max(0, x) of every element.
  ///
  ///     y = max(0, x)          ∂y/∂x = 1 where x > 0, else 0
  ///
  /// - Shape: any → the same.
  public func relu() -> Tensor {
    let y = value.relu()
    return Tensor(y, from: self) { dy in [y.gating(dy)] }
  }
}
