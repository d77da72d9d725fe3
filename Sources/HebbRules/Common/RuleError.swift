import HebbArrays

/// Data that a rule cannot learn from, or learning that led nowhere. Its description is one line.
public enum RuleError: Error, Sendable, Hashable, CustomStringConvertible {
  /// There are no samples.
  case empty(String)
  /// Samples have another number of features than the network.
  case features(String, expected: Int, found: Int)
  /// An element is infinite or not a number.
  case notFinite(String, row: Int, column: Int)
  /// An element is none of the values that the network knows.
  case value(String, row: Int, column: Int, found: Float, allowed: String)
  /// There are not as many labels as samples, or a label lies outside of the classes.
  case labels(String, problem: String)
  /// Too few samples, or too few that differ.
  case tooFew(String, needed: String)
  /// Weights grew without bound; the network is as it was before.
  case diverged(String, advice: String)
  /// Learning was stopped after a step because that was asked for; the checkpoint goes on from there.
  case interrupted(step: Int, steps: Int)
  /// A checkpoint cannot be read or written, or is one of another training.
  case checkpoint(DataError)

  public var description: String {
    switch self {
    case .empty(let what): "\(what): there are no samples; give at least one"
    case .features(let what, let expected, let found):
      "\(what): the samples have \(found) features, the network \(expected); give samples of the same kind"
    case .notFinite(let what, let row, let column):
      "\(what): sample \(row), feature \(column) is not a finite number; clean or leave out the sample"
    case .value(let what, let row, let column, let found, let allowed):
      "\(what): sample \(row), feature \(column) is \(found), but must be \(allowed); convert the samples first"
    case .labels(let what, let problem): "\(what): \(problem)"
    case .tooFew(let what, let needed): "\(what): \(needed)"
    case .diverged(let what, let advice): "\(what): the weights grew without bound; \(advice)"
    case .interrupted(let step, let steps): "stopped after step \(step) of \(steps); go on with the checkpoint"
    case .checkpoint(let error): error.description
    }
  }
}
