import HebbArrays
import HebbLayers
import HebbModels

extension TextReader {
  /// A copy that knows other characters: what was learned of those that stay is kept, for new ones there is a row of small
  /// random weights to begin with.
  ///
  /// - Parameter readings: of each step of a compact network; as many as now where nil. New ones begin as the last that is known:
  ///   what is read twice in neighbouring steps is one character, so that the text stays the same.
  package func with(_ alphabet: Alphabet, readings: Int? = nil, using random: inout Philox) -> TextReader {
    let classes = alphabet.count + 1
    let readings = kind == .compact ? readings ?? reading.readings : 1
    // The sizes are those of a network that stands, so that nothing can be wrong with them.
    guard
      let known = reading.output,
      let network = try? kind.network(TaskFile(of: self), classes: classes, readings: readings, using: &random),
      let output = network.output
    else { return self }
    let values = Dictionary(uniqueKeysWithValues: reading.module.namedParameters.map { ($0.name, $0.parameter.value) })
    for (name, parameter) in network.module.namedParameters {
      if let value = values[name], value.shape == parameter.shape { parameter.value = value }
    }
    // The column of each class among those that are known.
    let classesKnown = self.alphabet.count + 1
    let columns = (0..<readings).flatMap { number in
      ([0] + alphabet.characters.map { self.alphabet[$0] }).map { place in
        place.map { min(number, reading.readings - 1) * classesKnown + $0 }
      }
    }
    output.weight.value = TextReader.columns(
      columns, of: known.weight.value, else: output.weight.value.elements(as: Float.self))
    if let bias = output.bias, let old = known.bias?.value {
      // As unlikely as the least likely of those that were learned, so that nothing new is read before it is learnt.
      let least = old.elements(as: Float.self).min() ?? 0
      bias.value = TextReader.columns(
        columns, of: old.expanded(at: 0), else: [Float](repeating: least, count: columns.count)
      ).squeezed(0)
    }
    if case .attentive(let old) = reading, case .attentive(let new) = network {
      let (table, others) = (old.decoder.embedding.weight.value, new.decoder.embedding.weight)
      others.value = TextReader.columns(
        columns, of: table.transposed(), else: others.value.transposed().elements(as: Float.self)
      ).transposed()
    }
    return TextReader(network, kind: kind, alphabet: alphabet)
  }

  /// A matrix with some of another's columns, and with others where that has none.
  private static func columns(_ columns: [Int?], of matrix: NDArray, else others: [Float]) -> NDArray {
    let (rows, width) = (matrix.shape[0], matrix.shape[1])
    let values = matrix.elements(as: Float.self)
    return NDArray(
      (0..<rows).flatMap { row in
        columns.enumerated().map { place, column in
          column.map { values[row * width + $0] } ?? others[(row * columns.count + place) % others.count]
        }
      }, shape: [rows, columns.count])
  }
}
