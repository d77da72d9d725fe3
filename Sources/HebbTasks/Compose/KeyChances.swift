import Hebb

/// How likely keys sound at a step.
///
///     p = σ((logit + c) / temperature),  c such that Σ p = Σ σ(logit)
///
/// A temperature below 1 makes likely keys likelier. As many keys sound as before: without c, most logits being below 0, there
/// would be fewer.
struct KeyChances {
  let probabilities: [Double]

  /// - Parameter temperature: 0 gives 1 to as many of the likeliest keys as are expected to sound, 0 to the others.
  init(logits: [Double], temperature: Double) {
    let plain = logits.map(KeyChances.sigmoid)
    let expected = plain.reduce(0, +)
    guard temperature > 0 else {
      let order = logits.indices.sorted { (logits[$0], $1) > (logits[$1], $0) }
      let chosen = Set(order.prefix(Int(expected.rounded())))
      probabilities = logits.indices.map { chosen.contains($0) ? 1 : 0 }
      return
    }
    guard temperature != 1 else {
      probabilities = plain
      return
    }
    func chances(_ c: Double) -> [Double] { logits.map { KeyChances.sigmoid(($0 + c) / temperature) } }
    // The sum grows with c.
    let reach = 50 * max(1, temperature) + (logits.map(\.magnitude).max() ?? 0)
    var (low, high) = (-reach, reach)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if chances(middle).reduce(0, +) < expected { low = middle } else { high = middle }
    }
    probabilities = chances((low + high) / 2)
  }

  private static func sigmoid(_ x: Double) -> Double { 1 / (1 + Mathematics.exp(-x)) }
}
