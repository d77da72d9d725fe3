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
    if name.lowercased().hasSuffix(".ts") { return try series(bytes, name: name) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw DataError(
        name, "it is neither a PNG or JPEG picture nor text", advice: "give a picture, or rows of numbers")
    }
    return try rows(of: text, name: name)
  }

  /// A row of numbers between commas, semicolons, tabs or spaces.
  package func row(_ text: String, name: String) throws(DataError) -> Sample {
    try row(SampleReader.cells(text), name: name, line: nil)
  }

  /// A sample for each line. A first line without any number names the columns; where these are one more than the network
  /// takes, the column that training learned is left out.
  private func rows(of text: String, name: String) throws(DataError) -> [Sample] {
    var samples: [Sample] = []
    var target: Int?
    // By bytes, which is quick; a carriage return before the line's end is white space.
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, bytes) in lines.enumerated() {
      guard bytes.count <= SampleReader.cellLimit * (model.input.count + 2) else {
        throw DataError(
          name, at: "line \(index + 1)", "it is too long for the \(model.input.count) numbers that the network takes",
          advice: "give \(model.input.count) numbers, separated by commas")
      }
      let line = Substring(bytes)
      if line.allSatisfy(\.isWhitespace) { continue }
      var cells = SampleReader.cells(line)
      if samples.isEmpty, target == nil, !cells.contains(where: { Float($0) != nil }) {
        target = cells.count == model.input.count + 1 ? self.target(in: cells) : -1
        continue
      }
      if let target, cells.indices.contains(target), cells.count == model.input.count + 1 { cells.remove(at: target) }
      samples.append(try row(cells, name: name, line: index + 1))
    }
    guard !samples.isEmpty else {
      throw DataError(name, "it holds no numbers", advice: "give a picture, or rows of numbers")
    }
    return samples
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

  /// No number needs more characters.
  private static let cellLimit = 256

  /// Which of a table's columns training learned; -1 where these are the columns of something else.
  private func target(in names: [Substring]) -> Int {
    switch model.spec.data.source {
    case .table(_, let target, _), .series(_, let target):
      guard let target else { return names.count - 1 }
      return names.firstIndex { $0 == target } ?? -1
    case .set, .folder: return -1
    }
  }

  /// The cells of a line: between commas, semicolons or tabs where it has any, else between spaces.
  private static func cells(_ line: some StringProtocol) -> [Substring] {
    let line = Substring(line)
    func isMark(_ character: Character) -> Bool { ",;\t".contains(character) }
    guard line.contains(where: isMark) else { return line.split(whereSeparator: \.isWhitespace) }
    return line.split(omittingEmptySubsequences: false, whereSeparator: isMark).map { cell in
      let inner = cell.drop(while: \.isWhitespace)
      return inner.prefix(inner.reversed().drop(while: \.isWhitespace).count)
    }
  }

  private func row(_ cells: [Substring], name: String, line: Int?) throws(DataError) -> Sample {
    let place = line.map { "line \($0)" }
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
    let values = NDArray(numbers, shape: model.input)
    try EmbeddingNumbers.check(model.normalization.normalized(values), for: model.network, name: name)
    return Sample(name: line.map { "\(name):\($0)" } ?? name, values: values, looksInverted: false)
  }

  /// A drawing on a plain background, as large and as central as those of the data set are; nil where it is none, or has
  /// the network's size already.
  private func framed(_ picture: NDArray, share: Double?) -> NDArray? {
    let (height, width) = (model.input[0], model.input[1])
    guard let share, case .set = model.spec.data.source, picture.shape != Shape([height, width, 1]) else { return nil }
    let background = Picture.borderColor(of: picture)
    let pixels = picture.cast(to: .float32).elements(as: Float.self)[...]
    guard
      let (rows, columns) = PictureTone.inkBox(
        pixels, width: picture.shape[1], background: Float(background[0]), white: 255)
    else { return nil }
    let ink = Picture.placed(
      picture, at: (-rows.lowerBound, -columns.lowerBound), height: rows.count, width: columns.count, fill: background)
    let scale = share * min(Double(height) / Double(rows.count), Double(width) / Double(columns.count))
    func scaled(_ extent: Int, _ limit: Int) -> Int { min(limit, max(1, Int((Double(extent) * scale).rounded()))) }
    let (newHeight, newWidth) = (scaled(rows.count, height), scaled(columns.count, width))
    return Picture.placed(
      Picture.resized(ink, height: newHeight, width: newWidth), at: ((height - newHeight) / 2, (width - newWidth) / 2),
      height: height, width: width, fill: background)
  }

  /// A picture in the size and colours that the network takes, fitted as those of training were.
  private func picture(_ bytes: [UInt8], name: String) throws(DataError) -> Sample {
    guard model.input.rank == 3, let tone = model.tone, [1, 3].contains(model.input[2]) else {
      throw DataError(name, "the network takes \(model.input) numbers, not pictures", advice: "give rows of numbers")
    }
    let decoded = Picture.picture(try Picture.decode(bytes, name: name), channels: model.input[2])
    let sized =
      framed(decoded, share: tone.ink)
      ?? Picture.fitted(decoded, height: model.input[0], width: model.input[1], by: model.spec.data.fit)
    let pixels = sized.cast(to: .float32).elements(as: Float.self).map { inverts ? 255 - $0 : $0 }
    let border = PictureTone.border(of: NDArray(pixels, shape: model.input.inserting(1, at: 0))) / 255
    let scale = Float(tone.white / 255)
    return Sample(
      name: name, values: NDArray(pixels.map { $0 * scale }, shape: model.input),
      looksInverted: model.input[2] == 1 && tone.looksInverted(border: border))
  }
}
