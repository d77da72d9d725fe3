import Hebb

/// Texts of two languages as numbers, by one set of pieces that was learnt from both.
///
/// 0 stands behind shorter texts, 1 begins a text, 2 ends it, and piece i of the tokenizer is 3 + i.
struct PairVocabulary {
  static let padding = 0, begin = 1, end = 2
  private static let first = 3

  let pieces: BytePairTokenizer

  init(_ pieces: BytePairTokenizer) { self.pieces = pieces }

  /// Learns pieces from the texts.
  init(learning texts: some Sequence<String>, size: Int) {
    pieces = BytePairTokenizer(learning: texts.joined(separator: "\n"), size: size - PairVocabulary.first)
  }

  /// How many numbers there are.
  var count: Int { pieces.count + PairVocabulary.first }

  /// The numbers of a text, with the end behind them.
  func encode(_ text: String) -> [Int] {
    pieces.encode(text).map { $0 + PairVocabulary.first } + [PairVocabulary.end]
  }

  /// The text of some numbers; those that are no pieces are left out.
  func decode(_ numbers: [Int]) -> String {
    pieces.decode(numbers.filter { $0 >= PairVocabulary.first }.map { $0 - PairVocabulary.first })
  }

  /// What a decoder reads for what it is to write: the beginning, then all numbers but the last.
  ///
  /// - Parameter targets: int32 `[batch, time]`, −1 behind shorter texts.
  static func inputs(for targets: NDArray) -> NDArray {
    let (rows, steps) = (targets.shape[0], targets.shape[1])
    let numbers: [Int32] = targets.elements()
    return NDArray(
      (0..<rows).flatMap { row in
        (0..<steps).map { $0 == 0 ? Int32(begin) : max(numbers[row * steps + $0 - 1], Int32(padding)) }
      }, shape: targets.shape)
  }
}
