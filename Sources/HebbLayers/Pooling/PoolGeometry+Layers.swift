import HebbArrays

extension PoolGeometry {
  /// Windows of one size, with the same frame on opposite sides.
  init(kernel: Pair, stride: Pair, padding: Pair) {
    self.init(
      rows: Axis(kernel: kernel.height, stride: stride.height, before: padding.height, after: padding.height),
      columns: Axis(kernel: kernel.width, stride: stride.width, before: padding.width, after: padding.width))
  }

  var window: Window {
    Window(span: Pair(rows.kernel, columns.kernel), stride: Pair(rows.stride, columns.stride))
  }

  /// The kernel, and the stride where it differs. Of windows along one axis that axis alone.
  var text: String {
    let single = rows.kernel == 1 && rows.stride == 1
    let kernel = single ? "\(columns.kernel)" : "\(window.span)"
    guard window.stride != window.span else { return kernel }
    return kernel + ", stride " + (single ? "\(columns.stride)" : "\(window.stride)")
  }

  func check(_ shape: Shape, for layer: any Layer) {
    require(shape.rank == 4, "\(layer): the input \(shape) is not [batch, height, width, channels]")
    require(
      shape[1] + rows.before + rows.after >= rows.kernel
        && shape[2] + columns.before + columns.after >= columns.kernel,
      "\(layer): the input \(shape) is smaller than the window")
  }
}
