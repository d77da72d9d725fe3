import Hebb
import HebbOCR

extension TaskPlan {
  /// A reader to train: one that has learned nothing, or another that is to know these characters.
  ///
  /// - Parameter readings: of each step of a compact network; where nil as many as `from` gives, or 1.
  func reader(
    knowing alphabet: Alphabet, from: TextReader? = nil, readings: Int? = nil
  ) throws(DataError) -> TextReader {
    var random = Philox(seed: seed)
    if let from { return from.with(alphabet, readings: readings, using: &random) }
    guard let kind = LineNetworkKind(rawValue: self.kind) else {
      throw DataError(recipe.name, "there is no kind \(self.kind)", advice: "give another one")
    }
    let network = kind.network(classes: alphabet.count + 1, readings: readings ?? 1, using: &random)
    return TextReader(network, kind: kind, alphabet: alphabet)
  }
}
