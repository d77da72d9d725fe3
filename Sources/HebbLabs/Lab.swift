import Hebb
import HebbPlots

/// A question about neural networks and an experiment that answers it, in seconds.
///
/// A new one is a type in a file of its own and a line in ``Labs/all``.
public protocol Lab: Sendable {
  /// What `hebb lab NAME` calls it.
  var name: String { get }
  /// One line, for the list.
  var title: String { get }
  /// What the experiment is to answer.
  var question: String { get }
  /// Runs the experiment. The same options give the same report.
  func run(_ options: LabOptions) throws(TrainingError) -> LabReport
}

/// What an experiment is given.
public struct LabOptions: Sendable {
  /// Weights, the order of samples and dropout follow from it.
  public var seed: UInt64
  /// How much of the training is done: 1 for all of it, less for a quick look.
  public var effort: Double

  public init(seed: UInt64 = 1, effort: Double = 1) {
    require(effort > 0, "an effort of \(effort) is not positive")
    (self.seed, self.effort) = (seed, effort)
  }

  /// A number of epochs or steps at this effort, 1 at least.
  func scaled(_ count: Int) -> Int { max(1, Int((Double(count) * effort).rounded())) }

  /// A generator of random numbers for one purpose of the experiment.
  func random(_ purpose: UInt64 = 0) -> Philox { Philox(seed: seed, stream: 0x1AB).split(purpose) }
}

/// What an experiment found.
public struct LabReport: Sendable {
  /// A table under a heading.
  public struct Section: Sendable {
    public let heading: String
    public let table: TextTable
  }

  public private(set) var sections: [Section] = []
  /// Pictures, with the names of their files.
  public private(set) var figures: [(name: String, figure: Figure)] = []
  /// What to see. Every word that depends on a number is chosen by that number.
  public private(set) var sentences: [String] = []

  public var tables: [TextTable] { sections.map(\.table) }

  mutating func show(_ heading: String, _ table: TextTable) { sections.append(Section(heading: heading, table: table)) }
  mutating func draw(_ name: String, _ figure: Figure) { figures.append((name, figure)) }
  mutating func say(_ sentence: String) { sentences.append(sentence) }
}
