import HebbArrays

/// Sequences of different lengths in one array, with padding behind the shorter ones.
public struct PaddedSequences: Sendable {
  /// int32 `[sequences, longest]`.
  public let numbers: NDArray
  /// How many numbers each has.
  public let lengths: [Int]

  /// - Parameters:
  ///   - padding: the number that stands behind the shorter ones.
  ///   - length: the length of all; that of the longest where nil. Longer sequences are cut.
  public init(_ sequences: [[Int]], padding: Int = 0, length: Int? = nil) {
    let longest = length ?? sequences.map(\.count).max() ?? 0
    lengths = sequences.map { min($0.count, longest) }
    numbers = NDArray(
      sequences.flatMap { sequence in
        let kept = sequence.prefix(longest).map { Int32($0) }
        return kept + Array(repeating: Int32(padding), count: longest - kept.count)
      }, shape: [sequences.count, longest])
  }

  /// Labels as losses and metrics take them: −1 behind the shorter rows, one column at least.
  public static func labels(_ rows: [[Int]]) -> NDArray {
    PaddedSequences(rows, padding: -1, length: max(1, rows.map(\.count).max() ?? 1)).numbers
  }

  /// int32 `[sequences, longest]`: 1 where a number stands, 0 where padding does.
  public var mask: NDArray {
    let longest = numbers.shape[1]
    return NDArray(
      lengths.flatMap { length in (0..<longest).map { Int32($0 < length ? 1 : 0) } }, shape: numbers.shape)
  }

  /// The numbers of sequences in batches of similar lengths, so that little is padded. Which sequences stand together depends on
  /// lengths and `random` alone.
  ///
  /// - Parameters:
  ///   - lengths: how long each sequence is.
  ///   - size: how many sequences a batch has at most.
  ///   - random: shuffles sequences before they are sorted within groups of `span` batches, and then the batches.
  public static func batches(
    lengths: [Int], size: Int, span: Int = 16, using random: inout Philox
  ) -> [[Int]] {
    require(size > 0 && span > 0, "batches of \(size) sequences out of \(span) batches")
    let order = lengths.indices.shuffled(using: &random)
    var batches: [[Int]] = []
    for start in stride(from: 0, to: order.count, by: size * span) {
      let group = order[start..<min(order.count, start + size * span)]
        .sorted { (lengths[$0], $0) < (lengths[$1], $1) }
      for first in stride(from: 0, to: group.count, by: size) {
        batches.append(Array(group[first..<min(group.count, first + size)]))
      }
    }
    return batches.shuffled(using: &random)
  }
}
