import Hebb

/// What a poet learns from: the next token, and once more whether it is a character.
///
///     L = mean of −log P(token) − 5 · mean of log P(a character stands here, or none)
///
/// Of a poem's form little is left in the first term, most of which asks for the very character; a line that ends one
/// character too early costs little there, and spoils the poem.
struct PoemLoss {
  let network: any Layer
  let tokens: PoemTokens
  private static let weight: Float = 5

  /// - Parameter batch: tokens, and those behind them; −1 where nothing is to be foretold.
  func callAsFunction(_ batch: Batch) -> Outcome {
    let logits = network(Tensor(batch.inputs))
    let targets = batch.targets.elements(as: Int32.self).map(Int.init)
    // P(none) where none stands, 1 − P(none) where a character does.
    let none = tokens.others.subtracting([tokens.unknown])
    let mask = NDArray((0..<tokens.vocabulary.count).map { Float(none.contains($0) ? 1 : 0) })
    let chance = (logits.softmax() * Tensor(mask)).sum(axes: [2])
    let signs = NDArray(targets.map { Float(none.contains($0) ? 1 : -1) }, shape: batch.targets.shape)
    let shifts = NDArray(targets.map { Float(none.contains($0) ? 0 : 1) }, shape: batch.targets.shape)
    let known = Float(max(1, targets.count { $0 >= 0 }))
    let weights = NDArray(targets.map { $0 >= 0 ? PoemLoss.weight / known : 0 }, shape: batch.targets.shape)
    let form = ((chance * Tensor(signs) + Tensor(shifts) + 1e-6).log() * Tensor(weights)).sum()
    return Outcome(loss: Loss.crossEntropy(ignoring: -1)(logits, batch.targets) - form, prediction: logits)
  }
}
