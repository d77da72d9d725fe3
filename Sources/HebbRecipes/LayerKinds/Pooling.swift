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
    LayerKind("adaptive-max-pool", "adaptive-max-pool: 7", "the largest of as many windows as wanted") {
      (context) throws(DataError) in
      _ = try context.picture()
      let size = try context.pair(context.settings(["size"]).required("size"), 1...1024)
      try context.check(weights: [], output: [size.area, context.input[2]])
      return AdaptiveMaxPool2D(size)
    },
    LayerKind(
      "max-pool1d", "max-pool1d: 2", "the largest of each window of time; also {size: 3, stride: 2, padding: 1}"
    ) {
      (context) throws(DataError) in
      let (size, stride, padding) = try context.timeWindow()
      return MaxPool1D(size, stride: stride, padding: padding)
    },
    LayerKind("average-pool1d", "average-pool1d: 2", "the mean of each window of time; the same settings") {
      (context) throws(DataError) in
      let (size, stride, padding) = try context.timeWindow()
      return AveragePool1D(size, stride: stride, padding: padding)
    },
    LayerKind("global-average-pool1d", nil, "the mean of each channel over all time") { (context) throws(DataError) in
      try context.nothing()
      _ = try context.sequence()
      return GlobalAveragePool1D()
    },
    LayerKind("global-max-pool1d", nil, "the largest value of each channel over all time") {
      (context) throws(DataError) in
      try context.nothing()
      _ = try context.sequence()
      return GlobalMaxPool1D()
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
  /// The windows of a pooling layer over time, checked against what comes in.
  fileprivate func timeWindow() throws(DataError) -> (size: Int, stride: Int, padding: Int) {
    let settings = try settings(["size", "stride", "padding"])
    let time = try sequence().time
    let size = try settings.required("size").integer(in: 1...4096)
    let stride = try settings["stride"]?.integer(in: 1...4096) ?? size
    let padding = try settings["padding"]?.integer(in: 0...2047) ?? 0
    guard padding < size else {
      throw node.failure("the padding \(padding) is not smaller than the window \(size)", advice: "make it smaller")
    }
    guard size <= time + 2 * padding else {
      throw node.failure(
        "\(name) has windows of \(size), longer than what comes in, \(time)", advice: "make them shorter")
    }
    return (size, stride, padding)
  }

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
