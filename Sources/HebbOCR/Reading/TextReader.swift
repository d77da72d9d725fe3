import HebbArrays
import HebbAutograd
import HebbLayers
import HebbModels

/// Reads the text in pictures of lines.
///
///     let reader = try TextReader(reading: "runs/captcha/model.safetensors")
///     let line = reader.read(try Picture.read("line.png"))
///     print(line.text, line.confidence)
///
/// A reader can be used from many threads at once. Its network reads lines of any length and height, dark on light or light
/// on dark; a picture without anything to read gives an empty text.
public struct TextReader: Sendable {
  /// The characters that it can read.
  public let alphabet: Alphabet
  package let reading: ReadingNetwork
  /// What kind of network it is.
  let kind: LineNetworkKind

  package init(_ network: ReadingNetwork, kind: LineNetworkKind, alphabet: Alphabet) {
    let outputs = network.output?.weight.shape[1] ?? 0
    require(
      outputs == network.readings * (alphabet.count + 1),
      "TextReader: \(alphabet.count) characters for \(outputs) outputs")
    (reading, self.kind, self.alphabet) = (network, kind, alphabet)
  }

  /// Reads the text of one line.
  ///
  /// - Parameter picture: `uint8` `[height, width, 1 or 3]`.
  public func read(_ picture: NDArray, by decoding: LineDecoding = LineDecoding()) -> LineReading {
    read([picture], by: decoding)[0]
  }

  /// Reads many lines, those of like length together.
  ///
  /// - Parameter pictures: `uint8` `[height, width, 1 or 3]` each.
  public func read(_ pictures: [NDArray], by decoding: LineDecoding = LineDecoding()) -> [LineReading] {
    read(pictures, with: LineDecoder(decoding, alphabet))
  }

  func read(_ pictures: [NDArray], with decoder: LineDecoder) -> [LineReading] {
    let lines = pictures.map(LineInput.init)
    var found = [LineReading](repeating: LineReading([]), count: lines.count)
    for numbers in TextReader.batches(lines.map(\.width), of: lines.indices.filter { !lines[$0].isBlank }) {
      for (number, text) in zip(numbers, texts(numbers.map { lines[$0] }, decoder)) {
        let line = lines[number]
        let columnsPerStep = Double(line.width) / Double(reading.steps(line.width)) / line.scale
        found[number] = text.line(columnsPerStep, pictures[number].shape[1])
      }
    }
    return found
  }

  /// What prepared lines say.
  private func texts(_ lines: [LineInput], _ decoder: LineDecoder) -> [LineDecoder.Found] {
    let widths = lines.map(\.width)
    let x = Tensor(LineInput.batch(lines))
    switch reading {
    case .temporal(let network):
      let logits = Pass.inference { network(x, widths: widths).value }
      return widths.indices.map { decoder(logits.row($0)[0..<network.steps(widths[$0])]) }
    case .attentive(let network):
      let writers = Pass.inference { network.reading(x, widths: widths) }
      return zip(writers, widths).map { decoder($0, steps: network.steps($1)) }
    }
  }

  /// The numbers of lines that are read together: of like widths, and few enough for little memory.
  private static func batches(_ widths: [Int], of numbers: [Int]) -> [[Int]] {
    let columnLimit = 8192
    var batches: [[Int]] = []
    for number in numbers.sorted(by: { (widths[$0], $0) < (widths[$1], $1) }) {
      if let last = batches.last, (last.count + 1) * widths[number] <= columnLimit {
        batches[batches.count - 1].append(number)
      } else {
        batches.append([number])
      }
    }
    return batches
  }
}
