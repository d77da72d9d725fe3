import HebbArrays
import HebbFiles
import HebbPlots

/// An experiment that shows how something works: a small run with pictures and a few lines of text.
///
/// A new one is a type in a file of its own and a line in ``Labs/all``.
public protocol Lab: Sendable {
  /// What `hebb lab NAME` calls it.
  var name: String { get }
  /// One line.
  var summary: String { get }
  /// Runs the experiment.
  func run(_ context: LabContext) throws
}

/// Every experiment.
public enum Labs {
  public static let all: [any Lab] = []

  /// The experiment of a name.
  public static func named(_ name: String) -> (any Lab)? { all.first { $0.name == name } }
}

/// What an experiment is given, and where it puts what it finds.
public struct LabContext: Sendable {
  public let seed: UInt64
  /// Where the user says that data are; nil for the usual places.
  public let dataFolder: String?
  /// Where pictures go.
  public let folder: String
  private let write: @Sendable (String) -> Void

  public init(seed: UInt64, dataFolder: String?, folder: String, write: @escaping @Sendable (String) -> Void) {
    (self.seed, self.dataFolder, self.folder, self.write) = (seed, dataFolder, folder, write)
  }

  /// Prints lines of text.
  public func say(_ text: String) { write(text) }

  /// Prints a table.
  public func show(_ table: TextTable) { write(table.description) }

  /// Saves a figure as `NAME.svg` and `NAME.png`, and says so.
  public func save(_ figure: Figure, as name: String) throws(DataError) {
    try RunFolder(folder).create()
    try FigureFile.write(figure, to: "\(folder)/\(name)")
    write("wrote \(folder)/\(name).svg and .png")
  }
}
