import HebbArrays
import HebbAutograd
import HebbLayers

/// A network that says which class a text is of, from the numbers of its tokens.
///
/// Number 0 is padding and number 1 stands for all unknown tokens, as ``HebbData/NGramTokenizer`` has it. In training some
/// tokens are made unknown, so that the network learns what to make of words that it has never seen.
public protocol TextClassifier: Module {
  /// The logits of the classes, `[texts, classes]`.
  ///
  /// - Parameters:
  ///   - tokens: int32 `[texts, longest]`, zeros behind the shorter ones.
  ///   - lengths: how many tokens each text has, one at least.
  func callAsFunction(_ tokens: NDArray, lengths: [Int]) -> Tensor
}

extension TextClassifier {
  /// The probabilities of the classes of one text.
  public func probabilities(_ tokens: [Int]) -> [Double] {
    let numbers = NDArray(tokens.map { Int32($0) }, shape: [1, tokens.count])
    return self(numbers, lengths: [tokens.count]).value.cast(to: .float64).softmax().elements(as: Double.self)
  }
}

/// What text classifiers and taggers have in common.
enum TextInput {
  static func check(_ tokens: NDArray, _ lengths: [Int], _ owner: String) {
    require(
      tokens.rank == 2 && tokens.dtype == .int32 && lengths.count == tokens.shape[0]
        && lengths.allSatisfy { (1...Swift.max(1, tokens.shape[1])).contains($0) },
      "\(owner): tokens \(tokens.shape) of \(tokens.dtype), lengths \(lengths)")
  }

  /// 1 for each step of a sequence, 0 behind it: `[sequences, longest]`.
  static func mask(_ lengths: [Int], _ longest: Int, _ dtype: DType) -> NDArray {
    NDArray(
      lengths.flatMap { length in (0..<longest).map { Float($0 < length ? 1 : 0) } },
      shape: [lengths.count, longest]
    ).cast(to: dtype)
  }

  /// A number for each text, `[texts, 1]`.
  static func column(_ lengths: [Int], _ dtype: DType, _ number: (Double) -> Double) -> Tensor {
    Tensor(NDArray(lengths.map { number(Double($0)) }, shape: [lengths.count, 1]).cast(to: dtype))
  }

  /// In training each number is replaced by 1, which stands for what is unknown, with a probability; padding stays.
  static func forgetting(_ numbers: NDArray, _ probability: Double) -> NDArray {
    guard Pass.phase == .training, probability > 0 else { return numbers }
    var random = Pass.random()
    let kept = NDArray.bernoulli(numbers.shape, probability: 1 - probability, dtype: .float32, using: &random)
    let isPadding = numbers.equal(to: 0).cast(to: .float32)
    let stays = (kept + isPadding).greater(than: 0).cast(to: numbers.dtype)
    return stays.select(numbers, .ones([], dtype: numbers.dtype))
  }
}
