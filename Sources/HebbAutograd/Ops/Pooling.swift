import HebbArrays

extension Tensor {
  /// The largest element of each window. Pictures `[batch, height, width, channels]`.
  ///
  /// - Shape: `[batch, height, width, channels]` → `[batch, height′, width′, channels]`.
  public func maxPooled(_ geometry: PoolGeometry) -> Tensor {
    let x = value
    return Tensor(x.maxPooled(geometry), from: self) { dy in [x.maxPoolGradient(dy, geometry)] }
  }

  /// The mean of each window; `countsPadding` lets the frame count as zeros.
  ///
  /// - Shape: `[batch, height, width, channels]` → `[batch, height′, width′, channels]`.
  public func averagePooled(_ geometry: PoolGeometry, countsPadding: Bool = true) -> Tensor {
    let x = value
    return Tensor(x.averagePooled(geometry, countsPadding: countsPadding), from: self) { dy in
      [x.averagePoolGradient(dy, geometry, countsPadding: countsPadding)]
    }
  }

  /// The mean over windows that cut the picture into rows × columns parts.
  ///
  /// - Shape: `[batch, height, width, channels]` → `[batch, rows, columns, channels]`.
  /// - Source: He, Zhang, Ren and Sun 2014, arXiv:1406.4729.
  public func adaptiveAveragePooled(rows: Int, columns: Int) -> Tensor {
    let x = value
    return Tensor(x.adaptiveAveragePooled(rows: rows, columns: columns), from: self) { dy in
      [x.adaptiveAveragePoolGradient(dy)]
    }
  }

  /// The largest element of windows that cut the picture into rows × columns parts.
  ///
  /// - Shape: `[batch, height, width, channels]` → `[batch, rows, columns, channels]`.
  public func adaptiveMaxPooled(rows: Int, columns: Int) -> Tensor {
    let x = value
    return Tensor(x.adaptiveMaxPooled(rows: rows, columns: columns), from: self) { dy in [x.adaptiveMaxPoolGradient(dy)]
    }
  }

  /// The mean of each channel: `[batch, height, width, channels]` → `[batch, channels]`.
  public func globalAveragePooled() -> Tensor {
    adaptiveAveragePooled(rows: 1, columns: 1).reshaped([shape[0], shape[3]])
  }

  /// The largest element of each channel: `[batch, height, width, channels]` → `[batch, channels]`.
  public func globalMaxPooled() -> Tensor { adaptiveMaxPooled(rows: 1, columns: 1).reshaped([shape[0], shape[3]]) }
}
