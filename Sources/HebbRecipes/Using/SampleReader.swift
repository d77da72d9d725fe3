import HebbArrays
import HebbFiles

/// Turns what a user has, a picture or a row of numbers, into samples of the shape that a network takes.
package struct SampleReader {
  let model: TrainedModel
  /// Whether black and white of pictures change places.
  let inverts: Bool

  package init(for model: TrainedModel, inverts: Bool) { (self.model, self.inverts) = (model, inverts) }

  /// A sample with what is to be said about it.
  package struct Sample {
    /// Where it came from: a file, or a line of one.
    package let name: String
    package let values: NDArray
    /// Whether the picture seems to have black and white the other way round than those of training.
    package let looksInverted: Bool
  }

  /// Samples in bytes: one picture, or a line of numbers for each sample.
  package func read(_ bytes: [UInt8], name: String) throws(DataError) -> [Sample] {
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) || bytes.starts(with: [0xFF, 0xD8]) {
      return [try picture(bytes, name: name)]
    }
    if let kind = Picture.unsupportedKind(bytes) {
      throw DataError(name, "it is a \(kind) picture, which is not read", advice: "convert it to PNG or JPEG")
    }
    if name.lowercased().hasSuffix(".ts") { return try series(bytes, name: name) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw DataError(
        name, "it is neither a PNG or JPEG picture nor text", advice: "give a picture, or rows of numbers")
    }
    guard !bytes.contains(0) else {
      throw DataError(name, "it has a NUL character: it is no text", advice: "give a picture, or rows of numbers")
    }
    return try rows(of: text, name: name)
  }

  /// The series of a `.ts` file; the classes that it gives them are left alone.
  private func series(_ bytes: [UInt8], name: String) throws(DataError) -> [Sample] {
    let dataset = try TimeSeriesFile.decode(bytes, name: name)
    let found = Shape(dataset.inputs.shape.dropFirst())
    guard found == model.input else {
      throw DataError(
        name, "its series are \(found), the network takes \(model.input)",
        advice: "give series of the same length, with as many variables")
    }
    return (0..<dataset.count).map { index in
      Sample(
        name: "\(name):\(index + 1)", values: dataset.inputs.rows(at: [index]).reshaped(found), looksInverted: false)
    }
  }
}
