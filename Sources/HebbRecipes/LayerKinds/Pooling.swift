import HebbArrays
import HebbLayers

extension LayerKind {
  static let pooling = [
    LayerKind("max-pool", "max-pool: 2", "the largest of each window; also {size: 3, stride: 2, padding: 1}") {
      (context) throws(DataError) in
      let (size, stride, padding) = try context.window()
      return MaxPool2D(size, stride: stride, padding: padding)
    },
    LayerKind("average-pool", "average-pool: 2", "the mean of each window; the same settings") {
      (context) throws(DataError) in
      let (size, stride, padding) = try context.window()
      return AveragePool2D(size, stride: stride, padding: padding)
    },
    LayerKind("adaptive-average-pool", "adaptive-average-pool: 7", "the means of as many windows as wanted") {
      (context) throws(DataError) in
      _ = try context.picture()
      let size = try context.pair(context.settings(["size"]).required("size"), 1...1024)
      try context.check(weights: [], output: [size.area, context.input[2]])
      return AdaptiveAveragePool2D(size)
    },
    LayerKind("global-average-pool", nil, "the mean of each channel over the picture") { (context) throws(DataError) in
      try context.nothing()
      _ = try context.picture()
      return GlobalAveragePool2D()
    },
    LayerKind("global-max-pool", nil, "the largest value of each channel over the picture") {
      (context) throws(DataError) in
      try context.nothing()
      _ = try context.picture()
      return GlobalMaxPool2D()
    },
  ]
}

extension LayerContext {
  /// The windows of a pooling layer, checked against what comes in.
  fileprivate func window() throws(DataError) -> (size: Pair, stride: Pair, padding: Pair) {
    let settings = try settings(["size", "stride", "padding"])
    let (height, width, _) = try picture()
    let size = try pair(settings.required("size"), 1...1024)
    let stride = try settings["stride"].map { (node) throws(DataError) in try pair(node, 1...1024) } ?? size
    let padding = try settings["padding"].map { (node) throws(DataError) in try pair(node, 0...511) } ?? 0
    guard padding.height < size.height || padding == 0, padding.width < size.width || padding == 0 else {
      throw node.failure("the padding \(padding) is not smaller than the window \(size)", advice: "make it smaller")
    }
    guard size.height <= height + 2 * padding.height, size.width <= width + 2 * padding.width else {
      throw node.failure(
        "\(name) has windows of \(size.height) × \(size.width), larger than what comes in, \(height) × \(width)",
        advice: "make them smaller, or pool less before")
    }
    return (size, stride, padding)
  }
}
