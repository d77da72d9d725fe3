import HebbArrays
import HebbAutograd
import HebbLayers

/// A network that reads lines of text by connectionist temporal classification: pictures of one height come in, and every few
/// pixels of their width the logits of the characters and of the blank come out.
///
/// What lies behind a line's end is kept at zero, so that a line gives the same in any batch.
public protocol LineNetwork: Module {
  /// The last layer: `[features, readings × (characters + 1)]`, class 0 of each reading the blank.
  var output: Linear { get }

  /// How many readings, one after another, each step of the layer before gives.
  var readings: Int { get }

  /// How many steps the logits of a line so many pixels wide have.
  func steps(_ width: Int) -> Int

  /// The logits of a batch, `[batch, steps, characters + 1]`.
  ///
  /// - Parameters:
  ///   - x: `[batch, 32, width, 1]`, ink 1 and paper 0.
  ///   - widths: how many columns each line has, multiples of 4; all of them where nil.
  func callAsFunction(_ x: Tensor, widths: [Int]?) -> Tensor
}

extension LineNetwork {
  public var readings: Int { 1 }
}

/// What networks that read lines have in common.
public enum LineNetworks {
  /// How many rows of pixels a line has.
  public static let height = 32

  static func check(_ x: Tensor, _ widths: [Int]?, _ name: String) {
    require(
      x.rank == 4 && x.shape[1] == height && x.shape[2] >= 4 && x.shape[2] % 4 == 0 && x.shape[3] == 1,
      "\(name): lines of shape \(x.shape), not [batch, \(height), a multiple of 4, 1]")
    require(
      widths.map { $0.count == x.shape[0] && $0.allSatisfy { (4...x.shape[2]).contains($0) && $0 % 4 == 0 } } ?? true,
      "\(name): the widths \(widths ?? []) do not fit lines of shape \(x.shape)")
  }

  /// 1 in the columns of each line, 0 behind them: `[batch, 1, width, 1]`; nil where all lines are as wide as the batch.
  static func mask(_ columns: [Int]?, of width: Int) -> Tensor? {
    guard let columns, columns.contains(where: { $0 < width }) else { return nil }
    let elements = columns.flatMap { count in (0..<width).map { Float($0 < count ? 1 : 0) } }
    return Tensor(NDArray(elements, shape: [columns.count, 1, width, 1]))
  }
}
