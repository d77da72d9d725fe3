import HebbArrays

/// Windows of a series, each with the values that come behind it.
///
///     let windows = WindowDataset(name: "airline", values, window: 24, horizon: 12, from: 24..<88)
///
/// A sample that begins at `t` has the inputs `values[t − window ..< t]` and the targets `values[t ..< t + horizon]`.
public struct WindowDataset: Dataset {
  public let name: String
  /// The whole series.
  public let values: [Float]
  /// How many values each sample has as inputs.
  public let window: Int
  /// How many values behind them are its targets.
  public let horizon: Int
  /// Where the targets of the first sample begin.
  public let start: Int
  /// `float32` `[count, horizon]`.
  public let targets: NDArray

  public var classNames: [String] { [] }
  public var normalization: Normalization { .identity }
  public var count: Int { targets.shape[0] }

  /// - Parameter part: the values that targets are taken from; windows may begin before it.
  public init(name: String, _ values: [Float], window: Int, horizon: Int, from part: Range<Int>) {
    require(window > 0 && horizon > 0, "\(name): windows of \(window) values and \(horizon) behind them")
    require(
      part.lowerBound >= 0 && part.upperBound <= values.count, "\(name): \(part) of a series of \(values.count) values")
    (self.name, self.values, self.window, self.horizon) = (name, values, window, horizon)
    start = max(part.lowerBound, window)
    let count = max(0, part.upperBound - horizon + 1 - start)
    let first = start
    targets = NDArray(
      (0..<count).flatMap { values[first + $0..<first + $0 + horizon] }, shape: [count, horizon])
  }

  public func inputs(at indices: [Int]) -> NDArray {
    NDArray(
      indices.flatMap { values[start + $0 - window..<start + $0] }, shape: [indices.count, window])
  }
}
