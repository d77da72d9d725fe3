/// A recipe that `hebb train` takes by its name, in variants, and that leaves a folder.
package protocol RunRecipe: Sendable {
  /// What `run.json` calls such a recipe.
  static var family: String { get }
  /// Every one of them.
  static var all: [Self] { get }
  var name: String { get }
  /// One line.
  var summary: String { get }
  /// The set that it learns unless another is given.
  var data: String { get }
  /// The variants, the usual one first, each with the epochs that it takes.
  var kinds: [(name: String, epochs: Int)] { get }
  /// What `--set NAME=VALUE` can change, with a few words each.
  var options: [(name: String, meaning: String)] { get }
}

extension RunRecipe {
  package var options: [(name: String, meaning: String)] { [] }

  package static func named(_ name: String) -> Self? { all.first { $0.name == name } }
}
