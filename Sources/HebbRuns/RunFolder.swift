import Foundation
import HebbArrays
import HebbTraining

/// The folder of a run: model, checkpoint, log, pictures, and `run.json`, which says what was run.
package struct RunFolder: Sendable {
  package let path: String

  package init(_ path: String) { self.path = path }

  package var model: String { "\(path)/model.safetensors" }
  package var checkpoint: String { "\(path)/checkpoint.safetensors" }
  package var log: String { "\(path)/metrics.csv" }
  /// The verdict and the gradients of every epoch.
  package var layerLog: String { "\(path)/layers.csv" }
  package var description: String { "\(path)/run.json" }
  /// A row of numbers to try the network on.
  package var exampleRow: String { "\(path)/example.csv" }
  /// A picture of the run, without its ending.
  package func picture(_ name: String) -> String { "\(path)/\(name)" }

  /// `runs/NAME`, or with a number where that is taken.
  package static func next(named name: String) -> RunFolder {
    var number = 1
    while true {
      let path = number == 1 ? "runs/\(name)" : "runs/\(name)-\(number)"
      if !FileManager.default.fileExists(atPath: path) { return RunFolder(path) }
      number += 1
    }
  }

  /// Makes the folder.
  package func create() throws(DataError) {
    try Files.makeFolder(path)
  }

  /// A path as it is from the root of the file system, not from the folder that the process was started in.
  package static func fromRoot(_ path: String) -> String {
    guard !path.hasPrefix("/") else { return path }
    let folder = FileManager.default.currentDirectoryPath
    return path.isEmpty ? folder : "\(folder == "/" ? "" : folder)/\(path)"
  }

  /// The same where the path is there; a name that stands for something else stays as it is.
  package static func fromRoot(existing path: String) -> String {
    FileManager.default.fileExists(atPath: path) ? fromRoot(path) : path
  }

  /// Whether a run was begun here.
  package var holdsRun: Bool { FileManager.default.fileExists(atPath: description) }

  /// Whether the run can be gone on with.
  package var holdsCheckpoint: Bool { FileManager.default.fileExists(atPath: checkpoint) }
}
