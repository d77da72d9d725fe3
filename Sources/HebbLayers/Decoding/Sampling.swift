import HebbArrays

/// How the next token is drawn from a network's logits.
///
///     p = softmax(logits / temperature), of the tokens that topK and nucleus leave
///
///     let sampling = Sampling(temperature: 0.8, nucleus: 0.95)
///     let next = sampling(logits, after: tokens, using: &random)
///
/// - Source: nucleus: Holtzman et al. 2020, arXiv:1904.09751; top k: Fan, Lewis and Dauphin 2018, arXiv:1805.04833;
///   repetition: Keskar et al. 2019, arXiv:1909.05858.
public struct Sampling: Sendable, Hashable {
  /// Below 1 likely tokens become likelier; 0 takes the likeliest.
  public var temperature: Double
  /// Only so many of the likeliest tokens are left; all where nil.
  public var topK: Int?
  /// Only the likeliest tokens that together reach this probability are left; all where nil.
  public var nucleus: Double?
  /// Logits of tokens that came before are divided by this where they are positive, else multiplied; 1 changes nothing.
  public var repetitionPenalty: Double

  /// A way to draw; as it stands, from the softmax itself.
  ///
  /// - Parameters:
  ///   - temperature: 0 or more; 0 takes the likeliest.
  ///   - topK: 1 or more.
  ///   - nucleus: above 0, at most 1.
  ///   - repetitionPenalty: above 0; 1 changes nothing.
  public init(
    temperature: Double = 1, topK: Int? = nil, nucleus: Double? = nil, repetitionPenalty: Double = 1
  ) {
    require(
      temperature >= 0 && repetitionPenalty > 0, "Sampling: a temperature below 0, or a penalty that is not above")
    require(topK ?? 1 > 0, "Sampling: the likeliest 0 tokens are none")
    require(nucleus.map { $0 > 0 && $0 <= 1 } ?? true, "Sampling: the nucleus is not in 0…1")
    (self.temperature, self.topK, self.nucleus) = (temperature, topK, nucleus)
    self.repetitionPenalty = repetitionPenalty
  }

  /// Always the likeliest token.
  public static let greedy = Sampling(temperature: 0)

  /// The probabilities that tokens are drawn with, `[vocabulary]`.
  ///
  /// - Parameters:
  ///   - logits: `[vocabulary]`.
  ///   - tokens: those that came before.
  public func probabilities(_ logits: [Double], after tokens: some Sequence<Int> = []) -> [Double] {
    require(!logits.isEmpty, "Sampling: there are no tokens")
    var logits = logits
    for token in Set(tokens) where logits.indices.contains(token) && repetitionPenalty != 1 {
      logits[token] *= logits[token] > 0 ? 1 / repetitionPenalty : repetitionPenalty
    }
    // Equal logits are taken in the order of their numbers.
    let order = logits.indices.sorted { (logits[$0], $1) > (logits[$1], $0) }
    var probabilities = [Double](repeating: 0, count: logits.count)
    guard temperature > 0 else {
      probabilities[order[0]] = 1
      return probabilities
    }
    var left = Array(order.prefix(topK ?? order.count))
    let largest = logits[left[0]]
    var weights = left.map { Mathematics.exp((logits[$0] - largest) / temperature) }
    if let nucleus {
      let total = weights.reduce(0, +)
      var sum = 0.0
      let enough = weights.firstIndex { weight in
        sum += weight
        return sum >= nucleus * total
      }
      left = Array(left.prefix((enough ?? left.count - 1) + 1))
      weights = Array(weights.prefix(left.count))
    }
    let total = weights.reduce(0, +)
    for (token, weight) in zip(left, weights) { probabilities[token] = weight / total }
    return probabilities
  }

  /// Draws a token.
  public func callAsFunction(
    _ logits: [Double], after tokens: some Sequence<Int> = [], using random: inout Philox
  ) -> Int {
    let probabilities = probabilities(logits, after: tokens)
    var rest = Double.random(in: 0..<1, using: &random)
    for (token, probability) in probabilities.enumerated() where probability > 0 {
      rest -= probability
      if rest < 0 { return token }
    }
    return probabilities.lastIndex { $0 > 0 } ?? 0
  }
}
