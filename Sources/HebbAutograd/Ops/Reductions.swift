import HebbArrays

extension Tensor {
  /// The mean of (x − t)² over all elements.
  ///
  ///     y = Σ d² / n,  d = x − t          ∂y/∂x = 2 d / n,  ∂y/∂t = −2 d / n
  ///
  /// - Shapes: two equal ones → `[]`.
  public func meanSquaredError(_ target: Tensor) -> Tensor {
    require(shape == target.shape, "the mean squared error of the shapes \(shape) and \(target.shape)")
    let difference = value - target.value
    let count = Double(difference.count)
    let (needsInput, needsTarget) = (isTracked, target.isTracked)
    return Tensor(difference.sumOfSquares() / count, from: self, target) { dy in
      let factor = 2 / count * dy.scalar
      return [needsInput ? difference * factor : nil, needsTarget ? difference * -factor : nil]
    }
  }

  /// The sum of all elements.
  ///
  /// - Shape: any → `[]`.
  public func sum() -> Tensor {
    let shape = shape
    return Tensor(value.sum(), from: self) { dy in [dy.broadcast(to: shape)] }
  }

  /// The sum over some axes.
  ///
  /// - Shape: any → without the axes, or with extent 1 where they are kept.
  public func sum(axes: [Int], keepingAxes: Bool = false) -> Tensor {
    let shape = shape
    let kept = keptShape(axes)
    return Tensor(value.sum(axes: axes, keepingAxes: keepingAxes), from: self) { dy in
      [dy.reshaped(kept).broadcast(to: shape)]
    }
  }

  /// The mean of all elements.
  ///
  /// - Shape: any → `[]`.
  public func mean() -> Tensor { sum() / Double(Swift.max(1, value.count)) }

  /// The mean over some axes.
  ///
  /// - Shape: as the sum.
  public func mean(axes: [Int], keepingAxes: Bool = false) -> Tensor {
    sum(axes: axes, keepingAxes: keepingAxes) / Double(Swift.max(1, value.count / Swift.max(1, keptShape(axes).count)))
  }

  /// The population variance over some axes: y = Σ (x − μ)² / n, ∂y/∂x = 2 (x − μ) / n.
  ///
  /// - Shape: as the sum.
  public func variance(axes: [Int], keepingAxes: Bool = false) -> Tensor {
    let x = value
    let kept = keptShape(axes)
    return Tensor(x.variance(axes: axes, keepingAxes: keepingAxes), from: self) { dy in
      let factor = dy.reshaped(kept) * (2 * Double(kept.count) / Double(Swift.max(1, x.count)))
      return [(x - x.mean(axes: axes, keepingAxes: true)) * factor]
    }
  }

  /// The largest element over some axes. The gradient goes to the first of elements that are equal.
  ///
  /// - Shape: as the sum.
  public func max(axes: [Int], keepingAxes: Bool = false) -> Tensor {
    let x = value
    let reduced = axes.map(shape.axis).sorted()
    return Tensor(x.max(axes: axes, keepingAxes: keepingAxes), from: self) { dy in
      // The axes that are searched go behind the others, and become one.
      let order = (0..<x.rank).filter { !reduced.contains($0) } + reduced
      let sorted = x.transposed(order)
      let rows = sorted.reshaped([dy.count, x.count / dy.count])
      let dx = dy.reshaped([dy.count]).scattered(alongLastAxis: rows.argMax(axis: 1), width: rows.shape[1])
      return [dx.reshaped(sorted.shape).transposed(order.indices.map { order.firstIndex(of: $0) ?? $0 })]
    }
  }

  /// The smallest element over some axes.
  ///
  /// - Shape: as the sum.
  public func min(axes: [Int], keepingAxes: Bool = false) -> Tensor {
    -(-self).max(axes: axes, keepingAxes: keepingAxes)
  }

  private func keptShape(_ axes: [Int]) -> Shape {
    axes.reduce(shape) { $0.replacing($1, with: 1) }
  }
}
