import HebbArrays
import HebbAutograd
import HebbLayers

/// A network that reads lines without convolutions: every column of pixels is a step of a bidirectional LSTM, two steps become
/// one for the next, and CTC finds the text. The baseline that convolutions are held against.
///
/// - Input: `[batch, 32, width, 1]`
/// - Output: `[batch, width / 4, characters + 1]`
/// - Source: Breuel et al. 2013, "High-performance OCR for printed English and Fraktur using LSTM networks",
///   doi:10.1109/ICDAR.2013.140, with steps of four columns.
public struct RecurrentLineNetwork: LineNetwork {
  /// The first layer; a step is two columns of pixels, 64 numbers.
  public let lower: Bidirectional
  /// The second layer; a step is two of the first layer's.
  public let upper: Bidirectional
  public let output: Linear

  public var members: Members { ["lower": lower, "upper": upper, "output": output] }

  /// - Parameters:
  ///   - classes: the characters and the blank.
  ///   - units: of each direction of both layers.
  public init(classes: Int, units: Int = 128, using random: inout Philox) {
    let features = 2 * LineNetworks.height
    lower = Bidirectional(LSTM(features, units, using: &random), LSTM(features, units, using: &random))
    upper = Bidirectional(LSTM(4 * units, units, using: &random), LSTM(4 * units, units, using: &random))
    output = Linear(2 * units, classes, using: &random)
  }

  public func steps(_ width: Int) -> Int { width / 4 }

  public func callAsFunction(_ x: Tensor, widths: [Int]? = nil) -> Tensor {
    LineNetworks.check(x, widths, "RecurrentLineNetwork")
    var y = x.squeezed(3).transposed([0, 2, 1])
    var lengths = widths
    for layer in [lower, upper] {
      y = y.reshaped([y.shape[0], y.shape[1] / 2, 2 * y.shape[2]])
      lengths = lengths?.map { $0 / 2 }
      y = layer.run(y, lengths: lengths).outputs
    }
    return output(y)
  }
}
