import HebbArrays
import HebbLayers

/// How weights begin, by name.
///
///     initializer: he
///     initializer: {normal: 0.01}            # the standard deviation
///     initializer: {orthogonal: 1.4}         # the gain
package enum Initializers {
  package static let words = [
    SpecWord("standard", "that of each layer, as PyTorch has it"),
    SpecWord("he", "normal, for ReLU"),
    SpecWord("he-uniform", "uniform, for ReLU"),
    SpecWord("xavier", "uniform, for tanh and sigmoid"),
    SpecWord("xavier-normal", "normal, for tanh and sigmoid"),
    SpecWord("lecun", "normal, for SELU"),
    SpecWord("lecun-uniform", "uniform, for SELU"),
    SpecWord("zeros", "all 0"),
    SpecWord("ones", "all 1"),
    SpecWord("orthogonal", "{orthogonal: 1.4}", "orthogonal rows or columns, times a gain"),
    SpecWord("constant", "{constant: 0.1}", "all alike"),
    SpecWord("normal", "{normal: 0.01}", "normal with this deviation"),
    SpecWord("truncated-normal", "{truncated-normal: 0.01}", "the same without what is beyond two deviations"),
    SpecWord("uniform", "{uniform: 0.1}", "uniform within ± this"),
  ]

  private static let plain: [(name: String, choice: Initializer)] = [
    ("standard", .standard), ("he", .heNormal), ("he-uniform", .heUniform), ("xavier", .xavierUniform),
    ("xavier-normal", .xavierNormal), ("lecun", .leCunNormal), ("lecun-uniform", .leCunUniform), ("zeros", .zeros),
    ("ones", .ones),
  ]

  static func read(_ node: SpecNode?, standard: Initializer = .standard) throws(DataError) -> Initializer {
    guard let item = try node?.item else { return standard }
    if let found = plain.first(where: { $0.name == item.name }) {
      guard case .null = item.argument.value else {
        throw item.argument.failure("“\(item.name)” takes no number", advice: "leave it out")
      }
      return found.choice
    }
    switch item.name {
    case "orthogonal":
      if case .null = item.argument.value { return .orthogonal() }
      return .orthogonal(gain: try item.argument.number(in: 1e-6...1e3))
    case "constant": return .constant(try item.argument.number(in: -1e6...1e6))
    case "normal": return .normal(try item.argument.number(in: 0...1e3))
    case "truncated-normal": return .truncatedNormal(try item.argument.number(in: 0...1e3))
    case "uniform": return .uniform(try item.argument.number(in: 1e-9...1e3))
    default:
      throw item.node.unknown(item.name, among: words.map(\.name), "way for weights to begin")
    }
  }
}
