/// How a kernel slides over a picture: sizes in pixels, each of them for height and width.
public struct ConvolutionGeometry: Sendable, Hashable {
  /// The size of the kernel, in taps.
  public var kernel: Pair
  /// The distance from one place of the kernel to the next, in pixels.
  public var stride: Pair
  /// Rows of zeros added above and below, columns left and right.
  public var padding: (top: Int, bottom: Int, left: Int, right: Int) {
    (paddingBefore.height, paddingAfter.height, paddingBefore.width, paddingAfter.width)
  }
  /// The distance between two neighbouring taps of the kernel.
  public var dilation: Pair
  /// The channels are cut into this many groups; each output channel sees one group of the input.
  public var groups: Int
  var paddingBefore: Pair
  var paddingAfter: Pair

  /// A kernel of a size, slid by a stride over a picture with zeros before and behind it. Sizes, strides and dilations are
  /// positive, paddings 0 or more.
  public init(
    kernel: Pair, stride: Pair = 1, paddingBefore: Pair = 0, paddingAfter: Pair = 0, dilation: Pair = 1,
    groups: Int = 1
  ) {
    require(
      kernel.isPositive && stride.isPositive && dilation.isPositive && groups > 0,
      "a convolution with kernel \(kernel), stride \(stride), dilation \(dilation) and \(groups) groups")
    require(
      paddingBefore.isNotNegative && paddingAfter.isNotNegative, "a padding of \(paddingBefore) and \(paddingAfter)")
    self.kernel = kernel
    self.stride = stride
    self.dilation = dilation
    self.groups = groups
    self.paddingBefore = paddingBefore
    self.paddingAfter = paddingAfter
  }

  /// The same padding on all sides.
  public init(kernel: Pair, stride: Pair = 1, padding: Pair, dilation: Pair = 1, groups: Int = 1) {
    self.init(
      kernel: kernel, stride: stride, paddingBefore: padding, paddingAfter: padding, dilation: dilation, groups: groups)
  }

  /// The pixels that the dilated kernel spans.
  public var span: Pair {
    Pair((kernel.height - 1) * dilation.height + 1, (kernel.width - 1) * dilation.width + 1)
  }

  /// The size of the result: ⌊(input + padding − span) / stride⌋ + 1, and 0 where the kernel does not fit.
  public func output(for input: Pair) -> Pair {
    func length(_ input: Int, _ before: Int, _ after: Int, _ span: Int, _ stride: Int) -> Int {
      let room = input + before + after - span
      return room < 0 ? 0 : room / stride + 1
    }
    return Pair(
      length(input.height, paddingBefore.height, paddingAfter.height, span.height, stride.height),
      length(input.width, paddingBefore.width, paddingAfter.width, span.width, stride.width))
  }
}

/// A height and a width. A single number stands for both.
public struct Pair: Sendable, Hashable, ExpressibleByIntegerLiteral, CustomStringConvertible {
  /// Along the first axis of a picture: rows.
  public var height: Int
  /// Along the second axis: columns.
  public var width: Int

  /// Rows first.
  public init(_ height: Int, _ width: Int) {
    self.height = height
    self.width = width
  }

  /// The same along both axes.
  public init(integerLiteral value: Int) { self.init(value, value) }

  /// height · width.
  public var area: Int { height * width }
  public var description: String { height == width ? "\(height)" : "\(height)×\(width)" }

  var isPositive: Bool { height > 0 && width > 0 }
  var isNotNegative: Bool { height >= 0 && width >= 0 }
}
