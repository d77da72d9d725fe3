import CHebbKernels

// Softmax over the last axis, safe from overflow: the largest element of a row is subtracted first.

extension NDArray {
  /// exp(x) / Σ exp(x) over the last axis. Shape: `[…, n]` → the same.
  public func softmax() -> NDArray {
    alongRows("softmax", hebb_softmax) { x in
      let e = (x - x.max(axes: [-1], keepingAxes: true)).exp()
      return e / e.sum(axis: -1, keepingAxis: true)
    }
  }

  /// log(exp(x) / Σ exp(x)) over the last axis. Shape: `[…, n]` → the same.
  public func logSoftmax() -> NDArray {
    alongRows("logSoftmax", hebb_log_softmax) { x in
      let shifted = x - x.max(axes: [-1], keepingAxes: true)
      return shifted - shifted.exp().sum(axis: -1, keepingAxis: true).log()
    }
  }

  /// The gradient of softmax, y · (dy − Σ y · dy), from its result and the gradient there.
  package static func softmaxGradient(y: NDArray, dy: NDArray) -> NDArray {
    y.alongRows("softmaxGradient", dy, hebb_softmax_gradient) { y, dy in
      y * (dy - (y * dy).sum(axis: -1, keepingAxis: true))
    }
  }

  /// The gradient of logSoftmax, dy − exp(y) · Σ dy, from its result and the gradient there.
  package static func logSoftmaxGradient(y: NDArray, dy: NDArray) -> NDArray {
    y.alongRows("logSoftmaxGradient", dy, hebb_log_softmax_gradient) { y, dy in
      dy - y.exp() * dy.sum(axis: -1, keepingAxis: true)
    }
  }

  private func alongRows(
    _ name: StaticString, _ kernel: (UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int, Int) -> Void,
    _ plain: (NDArray) -> NDArray
  ) -> NDArray {
    require(rank > 0 && dtype.isFloatingPoint, "\(name) needs floating-point rows, not \(shape) \(dtype)")
    guard count > 0 else { return self }
    guard dtype == .float32 else { return plain(self) }
    let result = NDArray(uninitialized: shape, dtype)
    let (x, y, n) = (pointer(to: Float.self), result.mutablePointer(to: Float.self), shape.innermost)
    ThreadPool.shared.rows(count / n, width: n) { range in
      kernel(x + range.lowerBound * n, y + range.lowerBound * n, range.count, n)
    }
    return result
  }

  private func alongRows(
    _ name: StaticString, _ dy: NDArray,
    _ kernel: (UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int, Int) -> Void,
    _ plain: (NDArray, NDArray) -> NDArray
  ) -> NDArray {
    require(
      shape == dy.shape && dtype == dy.dtype && rank > 0 && dtype.isFloatingPoint,
      "\(name): \(shape) \(dtype) does not match \(dy.shape) \(dy.dtype)")
    guard count > 0 else { return self }
    guard dtype == .float32 else { return plain(self, dy) }
    let result = NDArray(uninitialized: shape, dtype)
    let (a, b) = (pointer(to: Float.self), dy.pointer(to: Float.self))
    let (y, n) = (result.mutablePointer(to: Float.self), shape.innermost)
    ThreadPool.shared.rows(count / n, width: n) { range in
      let start = range.lowerBound * n
      kernel(a + start, b + start, y + start, range.count, n)
    }
    return result
  }
}
