import Hebb
import HebbPlots

/// A network of local rules with data and settings, under a name that `hebb train` takes.
package struct RuleRecipe: Sendable {
  /// What a recipe's training is told.
  struct Settings: Sendable {
    let kind: String
    let epochs: Int
  }

  package let name: String
  /// One line.
  package let summary: String
  /// The set that it learns unless another is given.
  package let data: String
  /// The variants, the usual one first, each with the numbers that it takes.
  package let kinds: [(name: String, scaling: RuleForm.Scaling)]
  /// How often every sample is seen unless another number is given; 1 where a rule learns at once.
  package let epochs: Int
  /// Whether it tells classes apart, so that its training says how often it is right.
  package let classifies: Bool
  let train: @Sendable (RuleData, Settings, inout Philox, @escaping RuleWatcher) throws -> RuleOutcome

  /// Every recipe.
  package static let all: [RuleRecipe] = [.som, .lvq, .art, .hopfield, .rbm, .dbn]

  package static func named(_ name: String) -> RuleRecipe? { all.first { $0.name == name } }
}

/// A network of local rules from its file, with the form of its samples.
package struct TrainedRule {
  package let state: RuleState
  package let form: RuleForm
  package let path: String

  package init(reading path: String) throws(DataError) {
    state = try RuleState(reading: path)
    form = try RuleForm(note: state.notes["form"], file: path)
    self.path = path
  }
}
