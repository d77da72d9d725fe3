import Hebb

/// A network that writes, from its file.
package enum TrainedWriter {
  case text(TextWriter)
  case poems(PoemWriter)

  package init(reading path: String) throws {
    let file = try TaskFile(reading: path, task: TextWriter.task)
    if file.setting("poems") == .bool(true) {
      self = .poems(try PoemWriter(reading: path))
    } else {
      self = .text(try TextWriter(reading: path))
    }
  }
}
