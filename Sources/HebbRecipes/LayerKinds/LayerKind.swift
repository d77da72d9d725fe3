import HebbArrays
import HebbLayers

/// A kind of layer that a network file can name: one row of ``all``.
package struct LayerKind: Sendable {
  /// What the file calls it.
  package let name: String
  /// How it is written, with its settings.
  package let example: String
  /// One line.
  package let summary: String
  package let make: @Sendable (inout LayerContext) throws(DataError) -> any Layer

  init(
    _ name: String, _ example: String? = nil, _ summary: String,
    make: @escaping @Sendable (inout LayerContext) throws(DataError) -> any Layer
  ) {
    self.name = name
    self.example = example ?? name
    self.summary = summary
    self.make = make
  }

  /// Every kind, in the order in which help lists them.
  package static let all: [LayerKind] =
    fullyConnected + convolutions + pooling + activations + regularization + shaping + recurrent + attention
    + composition
    + architectures
}

/// What a kind of layer needs to know when a network is built.
package struct LayerContext {
  /// The layer's settings.
  let argument: SpecNode
  /// The layer's name and place in the file.
  let node: SpecNode
  let name: String
  /// The shape of one sample that comes in.
  let input: Shape
  /// How many numbers the network is to give: classes or targets.
  let outputs: Int
  /// The seed's random numbers.
  var random: Philox
  /// Whether the layer reads the samples themselves.
  let isFirst: Bool
  /// What all layers of the network together may still need.
  let budget: BuildBudget

  /// Settings by name. A single number or word stands for the first of them.
  func settings(_ names: [String]) throws(DataError) -> SpecSettings {
    switch argument.value {
    case .entries, .null: return try argument.settings(names, of: name)
    default:
      guard let first = names.first else {
        throw argument.failure("“\(name)” has no settings", advice: "leave them out")
      }
      let entry = SpecNode.Entry(
        name: SpecNode(.text(first), file: node.file, place: node.place), value: argument)
      return SpecSettings(node: node, what: name, entries: [entry])
    }
  }

  /// Refuses settings.
  func nothing() throws(DataError) { _ = try settings([]) }

  /// A number of units, or the word `classes`.
  func units(_ node: SpecNode) throws(DataError) -> Int {
    if case .text("classes") = node.value { return outputs }
    guard case .integer = node.value else { throw node.expected("a whole number, or “classes”") }
    return try node.integer(in: 1...1 << 20)
  }

  /// The height, width and channels of a picture that comes in.
  func picture() throws(DataError) -> (height: Int, width: Int, channels: Int) {
    guard input.rank == 3 else {
      throw node.failure(
        "\(name) needs pictures [height, width, channels], but \(input) comes in",
        advice: "move it before flatten, or add reshape: [HEIGHT, WIDTH, CHANNELS]")
    }
    return (input[0], input[1], input[2])
  }

  /// The time and features of a sequence that comes in.
  func sequence() throws(DataError) -> (time: Int, features: Int) {
    guard input.rank == 2 else {
      throw node.failure(
        "\(name) needs sequences [time, features], but \(input) comes in", advice: "add reshape: [TIME, FEATURES]")
    }
    return (input[0], input[1])
  }

  /// One number for both directions, or a list of height and width.
  func pair(_ node: SpecNode, _ range: ClosedRange<Int>) throws(DataError) -> Pair {
    guard case .list(let list) = node.value else {
      let number = try node.integer(in: range)
      return Pair(number, number)
    }
    guard list.count == 2 else { throw node.expected("a whole number, or [HEIGHT, WIDTH]") }
    return Pair(try list[0].integer(in: range), try list[1].integer(in: range))
  }

  /// Refuses layers that would need more memory than any machine that this program is made for.
  ///
  /// - Parameters:
  ///   - weights: the extents of the layer's weights.
  ///   - output: the extents of what it gives for one sample, or more.
  func check(weights: [Int], output: [Int]) throws(DataError) {
    guard budget.takesWeights(BuildBudget.product(weights)) else {
      throw node.failure(
        "the network would have more than \(BuildBudget.weightLimit) weights with this layer", advice: "make it smaller"
      )
    }
    guard BuildBudget.product(output) <= BuildBudget.outputLimit else {
      throw node.failure(
        "\(name) would give more than \(BuildBudget.outputLimit) numbers for one sample", advice: "make it smaller")
    }
  }
}
