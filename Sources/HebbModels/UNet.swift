import HebbArrays
import HebbAutograd
import HebbLayers

/// The U-Net: from pictures to pictures. A way down sees more and more at once, a way up brings the details back, and what
/// was seen at each size goes across.
///
///     down: two 3×3 convolutions with batch normalisation and ReLU, then halved        (depth times)
///     up:   doubled, joined with what the way down had at this size, two convolutions  (depth times)
///
/// Channels are `width` at full size and twice as many after each halving. Pictures of any size are taken: those that
/// halving does not divide are padded with zeros, and cut again.
///
/// - Input: `[batch, height, width, inputs]`
/// - Output: `[batch, height, width, outputs]`, without an activation
/// - Source: Ronneberger, Fischer and Brox 2015, arXiv:1505.04597; padding and batch normalisation are of later use.
public struct UNet: Layer {
  /// How often a picture is halved on the way down.
  public let depth: Int
  private let down: Sequential
  private let bottom: Sequential
  private let up: Sequential
  private let merge: Sequential
  private let head: Conv2D

  public var members: Members {
    ["down": down, "bottom": bottom, "up": up, "merge": merge, "head": head]
  }

  /// A network that is drawn.
  ///
  /// - Parameters:
  ///   - inputs: channels that go in.
  ///   - outputs: channels that come out.
  ///   - width: channels of the first level; each further one has twice as many.
  ///   - depth: how often the picture is halved, 1 to 8; its sides must be multiples of 2 to that power.
  public init(_ inputs: Int, _ outputs: Int, width: Int = 32, depth: Int = 3, using random: inout Philox) {
    require(
      inputs > 0 && outputs > 0 && width > 0 && (1...8).contains(depth),
      "UNet(\(inputs), \(outputs), width: \(width), depth: \(depth)) cannot be")
    self.depth = depth
    var channels = inputs
    var (downs, ups, merges): ([any Layer], [any Layer], [any Layer]) = ([], [], [])
    for level in 0..<depth {
      downs.append(UNet.block(channels, width << level, using: &random))
      channels = width << level
    }
    bottom = UNet.block(channels, width << depth, using: &random)
    for level in (0..<depth).reversed() {
      let half = width << level
      ups.append(ConvTranspose2D(2 * half, half, kernel: 2, stride: 2, using: &random))
      merges.append(UNet.block(2 * half, half, using: &random))
    }
    (down, up, merge) = (Sequential(downs), Sequential(ups), Sequential(merges))
    head = Conv2D(width, outputs, kernel: 1, using: &random)
  }

  private static func block(_ inputs: Int, _ outputs: Int, using random: inout Philox) -> Sequential {
    Sequential {
      Conv2D(inputs, outputs, kernel: 3, padding: 1, bias: false, using: &random)
      BatchNorm(outputs)
      ReLU()
      Conv2D(outputs, outputs, kernel: 3, padding: 1, bias: false, using: &random)
      BatchNorm(outputs)
      ReLU()
    }
  }

  public func callAsFunction(_ x: Tensor) -> Tensor {
    require(x.rank == 4 && x.value.count > 0, "UNet: the input \(x.shape) is not [batch, height, width, channels]")
    let (height, width, unit) = (x.shape[1], x.shape[2], 1 << depth)
    let (below, right) = ((unit - height % unit) % unit, (unit - width % unit) % unit)
    let isWhole = below == 0 && right == 0
    var y = isWhole ? x : x.padded([(0, 0), (0, below), (0, right), (0, 0)])
    let halve = MaxPool2D(2)
    var seen: [Tensor] = []
    for block in down.layers {
      y = block(y)
      seen.append(y)
      y = halve(y)
    }
    y = bottom(y)
    for (index, (double, block)) in zip(up.layers, merge.layers).enumerated() {
      y = block(.concatenated([seen[depth - 1 - index], double(y)], axis: 3))
    }
    y = head(y)
    return isWhole ? y : y.sliced(axis: 1, from: 0, to: height).sliced(axis: 2, from: 0, to: width)
  }

  public var window: Window? { nil }

  public var description: String {
    "UNet(depth \(depth))"
  }
}
