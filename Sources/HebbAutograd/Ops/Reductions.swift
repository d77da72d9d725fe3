import HebbArrays

extension Tensor {
  /// The sum of all elements.
  public func sum() -> Tensor {
    let shape = shape
    return Tensor(value.sum(), from: self) { dy in [dy.broadcast(to: shape)] }
  }

  /// The sum over some axes.
  public func sum(axes: [Int], keepingAxes: Bool = false) -> Tensor {
    let shape = shape
    let kept = keptShape(axes)
    return Tensor(value.sum(axes: axes, keepingAxes: keepingAxes), from: self) { dy in
      [dy.reshaped(kept).broadcast(to: shape)]
    }
  }

  /// The mean of all elements.
  public func mean() -> Tensor { sum() / Double(Swift.max(1, value.count)) }

  /// The mean over some axes.
  public func mean(axes: [Int], keepingAxes: Bool = false) -> Tensor {
    sum(axes: axes, keepingAxes: keepingAxes) / Double(Swift.max(1, value.count / Swift.max(1, keptShape(axes).count)))
  }

  /// The population variance over some axes.
  public func variance(axes: [Int], keepingAxes: Bool = false) -> Tensor {
    (self - mean(axes: axes, keepingAxes: true)).squared().mean(axes: axes, keepingAxes: keepingAxes)
  }

  /// The largest element over some axes. The gradient is shared evenly by elements that are equal.
  public func max(axes: [Int], keepingAxes: Bool = false) -> Tensor {
    let x = value
    let kept = keptShape(axes)
    let y = x.max(axes: axes, keepingAxes: keepingAxes)
    return Tensor(y, from: self) { dy in
      let isLargest = x.equal(to: y.reshaped(kept))
      let shares = isLargest.sum(axes: axes, keepingAxes: true)
      return [isLargest * (dy.reshaped(kept) / shares)]
    }
  }

  /// The smallest element over some axes.
  public func min(axes: [Int], keepingAxes: Bool = false) -> Tensor {
    -(-self).max(axes: axes, keepingAxes: keepingAxes)
  }

  private func keptShape(_ axes: [Int]) -> Shape {
    axes.reduce(shape) { $0.replacing($1, with: 1) }
  }
}
