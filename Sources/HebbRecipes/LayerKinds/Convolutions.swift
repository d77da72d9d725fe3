import HebbArrays
import HebbLayers

extension LayerKind {
  static let convolutions = [
    LayerKind(
      "conv", "conv: {filters: 32, kernel: 3, padding: same}",
      "convolution of pictures; also stride, dilation, groups, bias, initializer"
    ) { (context) throws(DataError) in
      let settings = try context.settings(convolutionSettings)
      let (height, width, channels) = try context.picture()
      let filters = try context.units(settings.required("filters"))
      let kernel = try settings["kernel"].map { (node) throws(DataError) in try context.pair(node, 1...255) } ?? 3
      let stride = try settings["stride"].map { (node) throws(DataError) in try context.pair(node, 1...255) } ?? 1
      let dilation = try settings["dilation"].map { (node) throws(DataError) in try context.pair(node, 1...255) } ?? 1
      let padding = try context.padding(settings["padding"])
      let groups = try settings["groups"]?.integer(in: 1...channels) ?? 1
      guard channels % groups == 0, filters % groups == 0 else {
        throw context.node.failure(
          "\(groups) groups do not divide \(channels) channels and \(filters) filters", advice: "choose another number")
      }
      try context.checkFit(kernel, dilation, padding, height: height, width: width)
      try context.check(
        weights: [kernel.area, channels / groups, filters], output: [height + 510, width + 510, filters])
      let (bias, initializer) = (try settings["bias"]?.flag() ?? true, try Initializers.read(settings["initializer"]))
      return Conv2D(
        channels, filters, kernel: kernel, stride: stride, padding: padding, dilation: dilation, groups: groups,
        bias: bias, initializer: initializer, using: &context.random)
    },
    LayerKind(
      "conv1d", "conv1d: {filters: 32, kernel: 5, padding: same}",
      "convolution of sequences; also stride, dilation, bias"
    ) { (context) throws(DataError) in
      let settings = try context.settings(["filters", "kernel", "stride", "padding", "dilation", "bias", "initializer"])
      let (time, features) = try context.sequence()
      let filters = try context.units(settings.required("filters"))
      let kernel = try settings["kernel"]?.integer(in: 1...4096) ?? 3
      let stride = try settings["stride"]?.integer(in: 1...4096) ?? 1
      let dilation = try settings["dilation"]?.integer(in: 1...4096) ?? 1
      let padding = try context.padding(settings["padding"])
      try context.checkFit(Pair(1, kernel), Pair(1, dilation), padding, height: 1, width: time)
      try context.check(weights: [kernel, features, filters], output: [time + 510, filters])
      let (bias, initializer) = (try settings["bias"]?.flag() ?? true, try Initializers.read(settings["initializer"]))
      return Conv1D(
        features, filters, kernel: kernel, stride: stride, padding: padding, dilation: dilation, bias: bias,
        initializer: initializer, using: &context.random)
    },
  ]

  private static let convolutionSettings = [
    "filters", "kernel", "stride", "padding", "dilation", "groups", "bias", "initializer",
  ]
}

extension LayerContext {
  /// `same`, `valid` or a number of pixels.
  func padding(_ node: SpecNode?) throws(DataError) -> Padding {
    guard let node else { return .valid }
    guard case .integer = node.value else {
      return try node.choice([("same", .same), ("valid", .valid)], of: "padding")
    }
    let pixels = try node.integer(in: 0...255)
    return .pixels(Pair(pixels, pixels))
  }

  /// Refuses kernels that are larger than what they slide over.
  func checkFit(_ kernel: Pair, _ dilation: Pair, _ padding: Padding, height: Int, width: Int) throws(DataError) {
    let frame =
      switch padding {
      case .valid: Pair(0, 0)
      case .pixels(let pixels): pixels
      case .same: kernel
      }
    let span = Pair((kernel.height - 1) * dilation.height + 1, (kernel.width - 1) * dilation.width + 1)
    let isSame = if case .same = padding { true } else { false }
    guard isSame || (span.height <= height + 2 * frame.height && span.width <= width + 2 * frame.width) else {
      throw node.failure(
        "\(name) spans \(span.height) × \(span.width), more than what comes in, \(height) × \(width)",
        advice: "make it smaller, or add padding: same")
    }
  }
}
