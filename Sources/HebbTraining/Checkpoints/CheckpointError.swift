import HebbArrays

/// A model or checkpoint file does not fit, or cannot be read or written.
///
/// Its description is one line: which file, what is wrong, and what to do.
public struct CheckpointError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Problem: Sendable, Hashable {
    /// The file itself cannot be read or written.
    case file(DataError)
    /// The model has parameters that the file lacks.
    case missing([String])
    /// The file has values that the model has no parameter for.
    case unexpected([String])
    case shape(name: String, inFile: Shape, inModel: Shape)
    /// The file is a safetensors file of another kind.
    case kind(String)
    /// The run was begun with another setting.
    case setting(String, inFile: String, now: String)
  }

  public let path: String
  public let problem: Problem

  public var description: String {
    switch problem {
    case .file(let error): error.description
    case .missing(let names): "\(path): \(CheckpointError.list(names)) missing; build the model that the file was saved from"
    case .unexpected(let names):
      "\(path): the model has no \(CheckpointError.list(names)); build the model that the file was saved from"
    case .shape(let name, let inFile, let inModel):
      "\(path): \(name) has the shape \(inFile), but \(inModel) in the model; "
        + "build the model that the file was saved from"
    case .kind(let problem): "\(path): \(problem); give a file that training saved"
    case .setting(let name, let inFile, let now):
      "\(path): the run was begun with \(name) \(inFile), not \(now); resume it with the same, or begin a new run"
    }
  }

  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(3).joined(separator: ", ")
    return names.count > 3 ? "\(shown) and \(names.count - 3) more" : shown
  }
}
