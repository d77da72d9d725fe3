import HebbArrays

/// One long text cut into windows, each with the same window one token further as its target: for networks that write.
///
///     let windows = TextWindows(name: "plays", tokens: tokenizer.encode(text), length: 128)
///
/// Window i holds the tokens from i · length on; what is left at the end and fills no window is left out.
public struct TextWindows: Dataset {
  public let name: String
  /// The tokens of the whole text, int32 `[tokens]`.
  public let tokens: NDArray
  /// How many tokens a window has.
  public let length: Int
  public let count: Int

  /// - Precondition: the text has one token more than a window at least.
  public init(name: String, tokens: [Int], length: Int) {
    require(length > 0 && tokens.count > length, "\(name): \(tokens.count) tokens hold no window of \(length)")
    (self.name, self.length) = (name, length)
    self.tokens = NDArray(tokens.map { Int32($0) })
    count = (tokens.count - 1) / length
  }

  public var classNames: [String] { [] }
  public var normalization: Normalization { .identity }
  public var targets: NDArray { windows(Array(0..<count), shift: 1) }

  public func inputs(at indices: [Int]) -> NDArray { windows(indices, shift: 0) }
  public func targets(at indices: [Int]) -> NDArray { windows(indices, shift: 1) }

  private func windows(_ indices: [Int], shift: Int) -> NDArray {
    tokens.read { (tokens: UnsafeBufferPointer<Int32>) in
      NDArray(
        indices.flatMap { tokens[$0 * length + shift..<($0 + 1) * length + shift] }, shape: [indices.count, length])
    }
  }
}
