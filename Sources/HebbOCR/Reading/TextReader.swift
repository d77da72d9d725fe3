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
  public let alphabet: Alphabet
  public let lineNetwork: any LineNetwork
  /// What kind of network it is.
  let kind: LineNetworkKind

  package init(_ network: any LineNetwork, kind: LineNetworkKind, alphabet: Alphabet) {
    require(
      network.output.weight.shape[1] == network.readings * (alphabet.count + 1),
      "TextReader: \(alphabet.count) characters for \(network.output.weight.shape[1]) outputs")
    (lineNetwork, self.kind, self.alphabet) = (network, kind, alphabet)
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
    let lines = pictures.map(LineInput.init)
    let decoder = LineDecoder(decoding, alphabet)
    var found = [LineReading](repeating: LineReading([]), count: lines.count)
    for numbers in TextReader.batches(lines.map(\.width), of: lines.indices.filter { !lines[$0].isBlank }) {
      let logits = logits(numbers.map { lines[$0] })
      for (row, number) in numbers.enumerated() {
        let line = lines[number]
        let steps = lineNetwork.steps(line.width)
        let columnsPerStep = Double(line.width) / Double(steps) / line.scale
        found[number] = decoder(logits.row(row)[0..<steps]).line(columnsPerStep, pictures[number].shape[1])
      }
    }
    return found
  }

  /// The logits of prepared lines, `[lines, steps, characters + 1]`; those of shorter lines end earlier.
  package func logits(_ lines: [LineInput]) -> NDArray {
    let widths = lines.map(\.width)
    return Pass.inference { lineNetwork(Tensor(LineInput.batch(lines)), widths: widths).value }
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

/// The networks that readers may have.
package enum LineNetworkKind: String, CaseIterable, Sendable {
  case compact, crnn, recurrent

  /// A network of this kind that has learned nothing; alphabets of thousands of characters get wider layers.
  ///
  /// - Parameter readings: of each step, where it is a compact network.
  package func network(classes: Int, readings: Int = 1, using random: inout Philox) -> any LineNetwork {
    switch self {
    case .compact where classes > 1000:
      CompactCRNN(
        classes: classes, channels: [32, 64, 128, 256, 256], units: 128, readings: readings, dropout: 0.1,
        using: &random)
    case .compact: CompactCRNN(classes: classes, readings: readings, dropout: 0.1, using: &random)
    case .crnn: CRNN(classes: classes, dropout: 0.2, using: &random)
    case .recurrent: RecurrentLineNetwork(classes: classes, using: &random)
    }
  }
}
