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
      let groups = try context.groups(settings["groups"], channels: channels, filters: filters)
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
      "convolution of sequences; also stride, dilation, groups, bias, initializer"
    ) { (context) throws(DataError) in
      let settings = try context.settings(convolutionSettings)
      let (time, features) = try context.sequence()
      let filters = try context.units(settings.required("filters"))
      let kernel = try settings["kernel"]?.integer(in: 1...4096) ?? 3
      let stride = try settings["stride"]?.integer(in: 1...4096) ?? 1
      let dilation = try settings["dilation"]?.integer(in: 1...4096) ?? 1
      let padding = try context.padding(settings["padding"])
      let groups = try context.groups(settings["groups"], channels: features, filters: filters)
      try context.checkFit(Pair(1, kernel), Pair(1, dilation), padding, height: 1, width: time)
      try context.check(weights: [kernel, features / groups, filters], output: [time + 510, filters])
      let (bias, initializer) = (try settings["bias"]?.flag() ?? true, try Initializers.read(settings["initializer"]))
      return Conv1D(
        features, filters, kernel: kernel, stride: stride, padding: padding, dilation: dilation, groups: groups,
        bias: bias, initializer: initializer, using: &context.random)
    },
    LayerKind(
      "conv-transpose", "conv-transpose: {filters: 16, kernel: 4, stride: 2, padding: 1}",
      "transposed convolution, to larger pictures; also output-padding, dilation, groups, bias, initializer"
    ) { (context) throws(DataError) in
      let settings = try context.settings(convolutionSettings + ["output-padding"])
      let (height, width, channels) = try context.picture()
      let filters = try context.units(settings.required("filters"))
      let kernel = try settings["kernel"].map { (node) throws(DataError) in try context.pair(node, 1...255) } ?? 3
      let stride = try settings["stride"].map { (node) throws(DataError) in try context.pair(node, 1...255) } ?? 1
      let dilation = try settings["dilation"].map { (node) throws(DataError) in try context.pair(node, 1...255) } ?? 1
      let more = try settings["output-padding"].map { (node) throws(DataError) in try context.pair(node, 0...254) } ?? 0
      let padding = try context.padding(settings["padding"])
      let groups = try context.groups(settings["groups"], channels: channels, filters: filters)
      guard more.height < stride.height, more.width < stride.width else {
        throw context.node.failure(
          "output-padding \(more) is not below the stride \(stride)", advice: "make it smaller")
      }
      let size = context.transposedSize(kernel, stride, dilation, padding, more, height: height, width: width)
      guard size.height > 0, size.width > 0 else {
        throw context.node.failure(
          "the padding leaves nothing of \(height) × \(width) pixels", advice: "make padding smaller")
      }
      try context.check(
        weights: [kernel.area, channels / groups, filters], output: [size.height + 510, size.width + 510, filters])
      let (bias, initializer) = (try settings["bias"]?.flag() ?? true, try Initializers.read(settings["initializer"]))
      return ConvTranspose2D(
        channels, filters, kernel: kernel, stride: stride, padding: padding, outputPadding: more, dilation: dilation,
        groups: groups, bias: bias, initializer: initializer, using: &context.random)
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

  /// How many groups of channels there are, which must divide what comes in and what goes out.
  fileprivate func groups(_ node: SpecNode?, channels: Int, filters: Int) throws(DataError) -> Int {
    let groups = try node?.integer(in: 1...channels) ?? 1
    guard channels % groups == 0, filters % groups == 0 else {
      throw self.node.failure(
        "\(groups) groups do not divide \(channels) channels and \(filters) filters", advice: "choose another number")
    }
    return groups
  }

  /// The size of what a transposed convolution gives.
  fileprivate func transposedSize(
    _ kernel: Pair, _ stride: Pair, _ dilation: Pair, _ padding: Padding, _ more: Pair, height: Int, width: Int
  ) -> Pair {
    let room = Pair((kernel.height - 1) * dilation.height, (kernel.width - 1) * dilation.width)
    let cut =
      switch padding {
      case .valid: Pair(0, 0)
      case .pixels(let pixels): Pair(2 * pixels.height, 2 * pixels.width)
      case .same: room
      }
    return Pair(
      (height - 1) * stride.height - cut.height + room.height + 1 + more.height,
      (width - 1) * stride.width - cut.width + room.width + 1 + more.width)
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
