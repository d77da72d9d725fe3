import HebbArrays
import HebbAutograd
import HebbLayers

/// Five normalised convolutions that make a sequence of a line: a step for every four columns.
///
///     block      pool(max(0, norm(x ∗ w)))
///     sequence   the last two rows of what the blocks find become one by a 2×3 convolution
///
/// Only the first two blocks halve the width; the next two halve the height alone, so that narrow letters keep steps of their
/// own.
struct LineConvolutions {
  let blocks: [Sequential]

  /// - Parameter channels: of the five convolutions.
  init(_ channels: [Int], _ name: String, using random: inout Philox) {
    require(channels.count == 5, "\(name): \(channels.count) convolutions instead of 5")
    let pools = [Pair(2, 2), Pair(2, 2), Pair(2, 1), Pair(2, 1)]
    var inputs = 1
    blocks = channels.enumerated().map { index, outputs in
      let isLast = index == channels.count - 1
      let convolution = Conv2D(
        inputs, outputs, kernel: isLast ? Pair(2, 3) : 3, padding: isLast ? .pixels(Pair(0, 1)) : 1, bias: false,
        initializer: .heNormal, using: &random)
      inputs = outputs
      return Sequential([convolution, BatchNorm(outputs), ReLU()] + (isLast ? [] : [MaxPool2D(pools[index])]))
    }
  }

  /// `[batch, 32, width, 1]` → `[batch, width / 4, channels]`, zero behind each line's end, with the steps of each line.
  static func sequence(_ blocks: [Sequential], _ x: Tensor, widths: [Int]?) -> (steps: Tensor, lengths: [Int]?) {
    var (y, columns) = (x, widths)
    for (index, block) in blocks.enumerated() {
      y = block(y)
      if index < 2 { columns = columns?.map { $0 / 2 } }
      if let mask = LineNetworks.mask(columns, of: y.shape[2]) { y = y * mask }
    }
    return (y.squeezed(1), columns)
  }
}
