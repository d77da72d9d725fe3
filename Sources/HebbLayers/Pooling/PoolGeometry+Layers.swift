import HebbArrays

extension PoolGeometry {
  /// Windows of one size, with the same frame on opposite sides.
  ///
  /// - Parameter layer: who is to be named where the sizes are impossible.
  init(kernel: Pair, stride: Pair, padding: Pair, of layer: @autoclosure () -> String) {
    require(
      kernel.height > 0 && kernel.width > 0 && stride.height > 0 && stride.width > 0,
      "\(layer()): kernel \(kernel) and stride \(stride) must be positive")
    require(
      padding.height >= 0 && padding.width >= 0 && padding.height < kernel.height && padding.width < kernel.width,
      "\(layer()): the padding \(padding) is not from 0 to below the kernel \(kernel)")
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
