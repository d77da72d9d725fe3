import HebbArrays
import HebbLayers

/// A model or checkpoint file does not fit, or cannot be read or written.
///
/// Its description is one line: which file, what is wrong, and what to do.
public struct CheckpointError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong with the file.
  public enum Problem: Sendable, Hashable {
    /// The file itself cannot be read or written.
    case file(DataError)
    /// Its values do not fit the model: one is missing, mis-shaped, or one too many.
    case values(ValueError)
    /// The run was begun with another setting.
    case setting(String, inFile: String, now: String)
  }

  /// The file.
  public let path: String
  /// What is wrong with it.
  public let problem: Problem

  package init(path: String, problem: Problem) { (self.path, self.problem) = (path, problem) }

  public var description: String {
    switch problem {
    case .file(let error): error.description
    case .values(let error): "\(path): \(error)"
    case .setting(let name, let inFile, let now):
      "\(path): the run was begun with \(name) \(inFile), not \(now); resume it with the same, or begin a new run"
    }
  }
}
