import HebbArrays
import HebbLayers
import HebbTraining

/// Parameters that learn at another rate or decay otherwise, by their paths.
///
///     groups:
///       "0": frozen                       # the first layer, all of it
///       "2.*": {rate: 0.1}                # a tenth of the rate
///       "*.bias": {decay: 0}
///
/// A pattern is a path, which stands for what is below it too, or has stars for any letters. `hebb summary` shows layers in
/// their order, counted from 0. Of several groups that a parameter belongs to, the first counts.
package struct GroupSpec: Sendable {
  package let pattern: String
  let rateFactor: Double
  let decay: WeightDecay?
  private let node: SpecNode

  init(_ item: SpecNode.Item) throws(DataError) {
    (pattern, node) = (item.name, item.node)
    if case .text("frozen") = item.argument.value {
      (rateFactor, decay) = (0, nil)
      return
    }
    guard case .entries = item.argument.value else {
      throw item.argument.expected("frozen, or {rate: FACTOR, decay: NUMBER}")
    }
    let settings = try item.argument.settings(["rate", "decay"], of: "a group")
    rateFactor = try settings["rate"]?.number(in: 0...1000) ?? 1
    decay = try settings["decay"].map { (node) throws(DataError) in try OptimizerSpec.decay(node) }
  }

  /// The group in a network, which must have parameters for it.
  func group(in network: Sequential) throws(DataError) -> ParameterGroup {
    let names = network.namedParameters.map(\.name)
    guard names.contains(where: { GroupSpec.holds(pattern, $0) }) else {
      throw node.failure(
        "no parameter's path fits “\(pattern)”",
        advice: "there are \(names.prefix(6).joined(separator: ", "))\(names.count > 6 ? ", …" : "")")
    }
    return ParameterGroup(rateFactor: rateFactor, weightDecay: decay) { [pattern] path, _ in
      GroupSpec.holds(pattern, path)
    }
  }

  /// Whether a pattern fits a path, or the path of something that it lies in.
  static func holds(_ pattern: String, _ path: String) -> Bool {
    if !pattern.contains("*") { return path == pattern || path.hasPrefix(pattern + ".") }
    // Which lengths of the path the pattern so far fits.
    let letters = Array(path)
    var fits = [true] + [Bool](repeating: false, count: letters.count)
    for mark in pattern {
      if mark == "*" {
        for i in letters.indices where fits[i] { fits[i + 1] = true }
      } else {
        fits = [false] + letters.indices.map { fits[$0] && letters[$0] == mark }
      }
    }
    return fits[letters.count]
  }
}
