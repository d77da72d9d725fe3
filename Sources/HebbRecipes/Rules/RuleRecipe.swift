import Hebb
import HebbRuns

/// A network of local rules with data and settings, under a name that `hebb train` takes.
package struct RuleRecipe: RunRecipe {
  package static let family = "rule"

  /// What a recipe's training is told.
  struct Settings {
    let kind: String
    let epochs: Int
    /// Keeps what it has learned, where it does not learn at once.
    let checkpoint: RuleCheckpoint?
  }

  /// A trained network and what it came to.
  typealias Result = (model: any RuleModel, outcome: RunOutcome)

  package let name: String
  /// One line.
  package let summary: String
  /// The set that it learns unless another is given.
  package let data: String
  /// The variants, the usual one first, each with the numbers that it takes.
  let variants: [(name: String, scaling: RuleForm.Scaling)]
  /// How often every sample is seen unless another number is given; 1 where a rule learns at once.
  package let epochs: Int
  /// Whether it tells classes apart, so that its training says how often it is right.
  package let classifies: Bool
  /// Whether it cannot do without classes.
  var needsClasses = true
  /// Whether it learns in one step, so that there is nothing to be resumed.
  package var learnsAtOnce = false
  let train: @Sendable (RuleData, Settings, inout Philox, @escaping RuleWatcher) throws -> Result

  package var kinds: [(name: String, epochs: Int)] { variants.map { ($0.name, epochs) } }

  /// Every recipe.
  package static let all: [RuleRecipe] = [.som, .lvq, .art, .hopfield, .rbm, .dbn]
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
