import HebbArrays
import HebbLayers
import HebbModels

extension TextReader {
  /// A copy that knows other characters: what was learned of those that stay is kept, for new ones there is a row of small
  /// random weights to begin with.
  package func with(_ alphabet: Alphabet, using random: inout Philox) -> TextReader {
    let (classes, known) = (alphabet.count + 1, lineNetwork.output)
    // The sizes are those of a network that stands, so that nothing can be wrong with them.
    guard let network = try? kind.network(TaskFile(of: self), classes: classes, using: &random) else { return self }
    let values = Dictionary(uniqueKeysWithValues: lineNetwork.namedParameters.map { ($0.name, $0.parameter.value) })
    for (name, parameter) in network.namedParameters {
      if let value = values[name], value.shape == parameter.shape { parameter.value = value }
    }
    // The column of each class among those that are known.
    let columns = [0] + alphabet.characters.map { self.alphabet[$0] }
    network.output.weight.value = TextReader.columns(
      columns, of: known.weight.value, else: network.output.weight.value.elements(as: Float.self))
    if let bias = network.output.bias, let old = known.bias?.value {
      // As unlikely as the least likely of those that were learned, so that nothing new is read before it is learnt.
      let least = old.elements(as: Float.self).min() ?? 0
      bias.value = TextReader.columns(
        columns, of: old.expanded(at: 0), else: [Float](repeating: least, count: classes)
      ).squeezed(0)
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
