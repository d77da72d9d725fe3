import HebbArrays

/// A named, tuned pair of data and network, written as a network file.
public struct Recipe: Sendable {
  public let name: String
  /// One line.
  public let summary: String
  /// The whole network file: `hebb recipes NAME` prints it, as a start for one's own.
  public let text: String

  init(_ name: String, _ summary: String, _ text: String) {
    (self.name, self.summary, self.text) = (name, summary, text)
  }

  /// Every recipe, in the order in which they are listed: one a line.
  public static let all: [Recipe] = [
    .digits,
    .iris,
    .mnistMLP,
    .mnistLeNet,
    .fashionLeNet,
    .cifarResNet20,
    .cifarPlain20,
    .chineseNumerals,
    .classifySeries,
  ]

  /// The recipe of a name.
  public static func named(_ name: String) -> Recipe? { all.first { $0.name == name } }

  /// The declaration of its network.
  package func spec() throws(DataError) -> NetworkSpec { try NetworkSpec(yaml: text, file: "recipe \(name)") }
}
