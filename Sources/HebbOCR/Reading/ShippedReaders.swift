import COCRModels
import Foundation
import HebbArrays
import HebbModels
import HebbTraining

/// The readers that are part of the program. Their cards are in `Documentation/Models`.
public enum ShippedReaders {
  /// Those that read a page of which nothing is known.
  public static let general = ["latin", "zh"]

  /// Their names: `latin` for English and Western European print, `zh` for Chinese with ASCII between, `digits` for numbers.
  public static let names: [String] = (0..<hebb_ocr_model_count()).map { String(cString: hebb_ocr_model_at($0).name) }
}

extension TextReader {
  /// A model file; or a reader that is part of the program, where there is no file of its name.
  public init(named name: String) throws {
    if ShippedReaders.names.contains(name), !FileManager.default.fileExists(atPath: name) {
      try self.init(shipped: name)
    } else {
      try self.init(file: name)
    }
  }

  /// A reader that is part of the program.
  ///
  /// - Parameter name: one of ``ShippedReaders/names``.
  public init(shipped name: String) throws {
    guard let index = ShippedReaders.names.firstIndex(of: name) else {
      throw DataError(
        name, "no reader of this name comes with the program",
        advice: "give one of \(ShippedReaders.names.joined(separator: ", ")), or a file")
    }
    let model = hebb_ocr_model_at(index)
    let bytes = UnsafeRawBufferPointer(start: model.bytes, count: model.count)
    let file = TaskFile(try ModelFile(lasting: bytes, name: name))
    try self.init(file)
    try file.load(into: network)
  }
}
