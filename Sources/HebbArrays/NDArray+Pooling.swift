// Pooling of pictures `[batch, height, width, channels]`. What the windows are is in `PoolGeometry` and `Windows`.

extension NDArray {
  /// The largest element of each window; NaN wins. `[batch, height, width, channels]` → `[batch, rows, columns, channels]`.
  public func maxPooled(_ geometry: PoolGeometry) -> NDArray { pooled(largest: true, windows(geometry)) }

  /// The gradient of ``maxPooled(_:)`` for this input: each output's gradient goes to the first largest element of its
  /// window, in row-major order.
  public func maxPoolGradient(_ dy: NDArray, _ geometry: PoolGeometry) -> NDArray {
    largestGradient(dy, windows(geometry))
  }

  /// The mean of each window. The frame counts as zeros, unless `countsPadding` is false.
  public func averagePooled(_ geometry: PoolGeometry, countsPadding: Bool = true) -> NDArray {
    pooled(largest: false, windows(geometry, countsPadding: countsPadding))
  }

  /// The gradient of ``averagePooled(_:countsPadding:)`` for this input.
  public func averagePoolGradient(_ dy: NDArray, _ geometry: PoolGeometry, countsPadding: Bool = true) -> NDArray {
    averageGradient(dy, windows(geometry, countsPadding: countsPadding))
  }

  /// The largest element of each of rows × columns windows that cover the picture: borders ⌊i · n / rows⌋, ⌈(i + 1) · n / rows⌉.
  public func adaptiveMaxPooled(rows: Int, columns: Int) -> NDArray {
    pooled(largest: true, windows(dividedInto: rows, columns))
  }

  /// The gradient of ``adaptiveMaxPooled(rows:columns:)`` for this input; the output's shape tells the windows.
  public func adaptiveMaxPoolGradient(_ dy: NDArray) -> NDArray {
    largestGradient(dy, windows(dividedInto: dy.shape[1], dy.shape[2]))
  }

  /// The mean of each of rows × columns windows that cover the picture. One window is global average pooling.
  public func adaptiveAveragePooled(rows: Int, columns: Int) -> NDArray {
    pooled(largest: false, windows(dividedInto: rows, columns))
  }

  /// The gradient of ``adaptiveAveragePooled(rows:columns:)`` for this input.
  public func adaptiveAveragePoolGradient(_ dy: NDArray) -> NDArray {
    averageGradient(dy, windows(dividedInto: dy.shape[1], dy.shape[2]))
  }

  private func windows(_ geometry: PoolGeometry, countsPadding: Bool = true) -> PoolWindows {
    requirePictures()
    return PoolWindows(
      rows: Windows(geometry.rows, extent: shape[1], countsPadding: countsPadding),
      columns: Windows(geometry.columns, extent: shape[2], countsPadding: countsPadding), shape: shape)
  }

  private func windows(dividedInto rows: Int, _ columns: Int) -> PoolWindows {
    requirePictures()
    return PoolWindows(
      rows: Windows(dividing: shape[1], into: rows), columns: Windows(dividing: shape[2], into: columns), shape: shape)
  }

  private func requirePictures() {
    require(
      rank == 4 && dtype.isFloatingPoint, "pooling: \(shape) \(dtype) is not [batch, height, width, channels] of floats"
    )
  }

  private func pooled(largest: Bool, _ windows: PoolWindows) -> NDArray {
    let y = NDArray(uninitialized: windows.outShape, dtype)
    guard dtype == .float32 else {
      windows.pool(largest: largest, pointer(to: Double.self), y.mutablePointer(to: Double.self))
      return y
    }
    let (from, to) = (pointer(to: Float.self), y.mutablePointer(to: Float.self))
    windows.eachPicture { kernels, geometry, picture in
      let (source, target) = (from + picture * windows.inCount, to + picture * windows.outCount)
      if largest { kernels.largest(&geometry, source, target) } else { kernels.average(&geometry, source, target) }
    }
    return y
  }

  private func largestGradient(_ dy: NDArray, _ windows: PoolWindows) -> NDArray {
    windows.check(dy, for: self)
    guard dtype == .float32 else { return windows.gradient(dy, largest: self) }
    let dx = NDArray(uninitialized: shape, dtype)
    let (x, from, to) = (pointer(to: Float.self), dy.pointer(to: Float.self), dx.mutablePointer(to: Float.self))
    windows.eachPicture { kernels, geometry, picture in
      let at = picture * windows.inCount
      kernels.largest_gradient(&geometry, x + at, from + picture * windows.outCount, to + at)
    }
    return dx
  }

  private func averageGradient(_ dy: NDArray, _ windows: PoolWindows) -> NDArray {
    windows.check(dy, for: self)
    guard dtype == .float32 else { return windows.gradient(dy, largest: nil) }
    let dx = NDArray(uninitialized: shape, dtype)
    let (from, to) = (dy.pointer(to: Float.self), dx.mutablePointer(to: Float.self))
    windows.eachPicture { kernels, geometry, picture in
      kernels.average_gradient(&geometry, from + picture * windows.outCount, to + picture * windows.inCount)
    }
    return dx
  }
}
