import HebbArrays
import HebbData

/// Which samples an epoch visits.
///
///     sample: shuffled                           # each once, in another order each time; the default
///     sample: balanced                           # each class equally often
///     sample: {weighted: {cat: 3, dog: 1}}       # three draws of a cat for one of a dog that there is; others weigh 1
package struct SamplingSpec: Sendable {
  private enum Kind: Sendable {
    case shuffled, balanced
    case weighted([(name: String, weight: Double, node: SpecNode)])
  }

  private let kind: Kind
  private let node: SpecNode

  init(_ node: SpecNode) throws(DataError) {
    self.node = node
    let item = try node.item
    switch (item.name, item.argument.value) {
    case ("shuffled", .null): kind = .shuffled
    case ("balanced", .null): kind = .balanced
    case ("weighted", .entries(let entries)):
      var weights: [(name: String, weight: Double, node: SpecNode)] = []
      for entry in entries { weights.append((entry.key, try entry.value.number(in: 0...1e6), entry.name)) }
      kind = .weighted(weights)
    case ("weighted", _): throw item.argument.expected("a weight for each class, such as {cat: 3, dog: 1}")
    case ("shuffled", _), ("balanced", _):
      throw item.argument.failure("“\(item.name)” has no settings", advice: "leave them out")
    default: throw item.node.unknown(item.name, among: ["shuffled", "balanced", "weighted"], "way to sample")
    }
  }

  /// The sampler for a data set; nil for the trainer's own.
  func sampler(for data: any Dataset, seed: UInt64) throws(DataError) -> Sampler? {
    if case .shuffled = kind { return nil }
    guard data.targets.dtype == .int32 else {
      throw node.failure("there are no classes to weigh where targets are numbers", advice: "use sample: shuffled")
    }
    guard case .weighted(let entries) = kind else { return .balanced(labels: data.labels, seed: seed) }
    var weights = [Double](repeating: 1, count: data.classNames.count)
    for entry in entries {
      guard let label = data.classNames.firstIndex(of: entry.name) else {
        throw entry.node.unknown(entry.name, among: data.classNames, "class")
      }
      weights[label] = entry.weight
    }
    guard data.labels.contains(where: { weights[$0] > 0 }) else {
      throw node.failure("all weights are 0", advice: "give one class a weight")
    }
    return .weighted(data.labels.map { weights[$0] }, seed: seed)
  }
}
