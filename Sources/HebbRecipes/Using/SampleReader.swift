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
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw DataError(
        name, "it is neither a PNG or JPEG picture nor text", advice: "give a picture, or rows of numbers")
    }
    var samples: [Sample] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let row = line.filter { $0 != "\r" }
      if row.allSatisfy(\.isWhitespace) { continue }
      samples.append(try self.row(row, name: name, line: index + 1))
    }
    guard !samples.isEmpty else { throw DataError(name, "it is empty", advice: "give a picture, or rows of numbers") }
    return samples
  }

  /// A row of numbers between commas, semicolons, tabs or spaces.
  package func row(_ text: String, name: String, line: Int? = nil) throws(DataError) -> Sample {
    let place = line.map { "line \($0)" }
    let cells = text.split { $0 == "," || $0 == ";" || $0.isWhitespace }
    guard cells.count == model.input.count else {
      throw DataError(
        name, at: place, "it has \(cells.count) numbers, the network takes \(model.input.count)",
        advice: "give \(model.input.count) numbers, separated by commas")
    }
    var numbers: [Float] = []
    for cell in cells {
      guard let number = Float(cell), number.isFinite else {
        throw DataError(name, at: place, "“\(cell.prefix(40))” is not a number", advice: "write a number there")
      }
      numbers.append(number)
    }
    return Sample(
      name: line.map { "\(name):\($0)" } ?? name, values: NDArray(numbers, shape: model.input), looksInverted: false)
  }

  /// A picture in the size and colours that the network takes: pixels are averaged over the area that they cover.
  private func picture(_ bytes: [UInt8], name: String) throws(DataError) -> Sample {
    guard model.input.rank == 3, let tone = model.tone, [1, 3].contains(model.input[2]) else {
      throw DataError(name, "the network takes \(model.input) numbers, not pictures", advice: "give rows of numbers")
    }
    let decoded = Picture.picture(try Picture.decode(bytes, name: name), channels: model.input[2])
    let sized =
      Shape(decoded.shape.prefix(2)) == Shape(model.input.prefix(2))
      ? decoded : Picture.resized(decoded, height: model.input[0], width: model.input[1])
    let pixels = sized.cast(to: .float32).elements(as: Float.self).map { inverts ? 255 - $0 : $0 }
    let border = PictureTone.border(of: NDArray(pixels, shape: model.input.inserting(1, at: 0))) / 255
    let scale = Float(tone.white / 255)
    return Sample(
      name: name, values: NDArray(pixels.map { $0 * scale }, shape: model.input),
      looksInverted: model.input[2] == 1 && tone.looksInverted(border: border))
  }
}
