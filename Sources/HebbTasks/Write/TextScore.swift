import Hebb

/// How well a network foretells a text: the mean of −log p over its tokens, in nats.
///
/// A recurrent network reads the whole text in one go, its state carried on. A transformer reads windows that overlap by half
/// of its reach; of each the second half counts, so that all tokens but the first have half of its reach behind them.
enum TextScore {
  static func nats(_ tokens: [Int], _ model: any Layer & LanguageModel) -> Double {
    let sum =
      if let recurrent = model as? RecurrentLanguageModel {
        carried(tokens, recurrent)
      } else {
        windows(tokens, model, reach: model.reach ?? tokens.count)
      }
    return sum / Double(tokens.count - 1)
  }

  private static func carried(_ tokens: [Int], _ model: RecurrentLanguageModel) -> Double {
    let piece = 1_024
    var state: RecurrentState?
    var sum = 0.0
    for start in stride(from: 0, to: tokens.count - 1, by: piece) {
      let end = min(start + piece, tokens.count - 1)
      let (logits, after) = model.run(Tensor(row(tokens[start..<end])), from: state)
      sum += Loss.crossEntropy(logits.value, row(tokens[start + 1...end])) * Double(end - start)
      state = after
    }
    return sum
  }

  private static func windows(_ tokens: [Int], _ model: any Layer & LanguageModel, reach: Int) -> Double {
    var sum = 0.0
    var scored = 0  // the targets before this one are done
    let last = tokens.count - 1
    while scored < last {
      let start = scored == 0 ? 0 : max(0, scored - reach / 2)
      let end = min(start + reach, last)
      let logits = model(Tensor(row(tokens[start..<end]))).value
      let kept = logits.sliced(axis: 1, from: scored - start, to: end - start)
      sum += Loss.crossEntropy(kept, row(tokens[scored + 1...end])) * Double(end - scored)
      scored = end
    }
    return sum
  }

  private static func row(_ tokens: ArraySlice<Int>) -> NDArray {
    NDArray(tokens.map { Int32($0) }, shape: [1, tokens.count])
  }
}
