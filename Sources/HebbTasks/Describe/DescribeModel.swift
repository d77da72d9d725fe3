import Hebb
import HebbFiles

/// A network that describes pictures, with the pieces of words that it writes.
package struct DescribeModel: TaskModel {
  package static let task = "describe"
  static let normalization = Normalization(mean: [127.5], deviation: [64])
  /// A caption has at most so many pieces.
  private static let longest = 60

  let describer: PictureDescriber
  let vocabulary: PairVocabulary
  /// Pixels of the square that pictures are scaled to.
  let side: Int

  package var network: any Module { describer }
  package var settings: [JSON.Member] { [.init("side", .integer(side))] }
  package var notes: [String: String] { ["pieces": vocabulary.pieces.text] }

  init(_ vocabulary: PairVocabulary, side: Int, dropout: Double, using random: inout Philox) {
    (self.vocabulary, self.side) = (vocabulary, side)
    describer = PictureDescriber(vocabulary: vocabulary.count, dropout: dropout, using: &random)
  }

  package init(_ file: TaskFile) throws(DataError) {
    side = try file.integer("side", 16...512)
    let table = try file.shape("targetEmbedding.weight", rank: 2)
    vocabulary = PairVocabulary(try BytePairTokenizer(text: file.note("pieces"), file: file.path))
    guard vocabulary.count == table[0] else {
      throw file.damaged("\(vocabulary.count) pieces do not fit \(table[0]) rows of weights")
    }
    var channels: [Int] = []
    while channels.count < 8, file.holds("eye.\(2 * channels.count).weight") {
      let name = "eye.\(2 * channels.count).weight"
      let shape = try file.shape(name, rank: 4)
      guard shape[0] == 3, shape[1] == 3, shape[2] == channels.last ?? 3 else {
        throw file.damaged("the tensor “\(name)” is \(shape)")
      }
      channels.append(shape[3])
    }
    guard let seen = channels.last else { throw file.damaged("there are no convolutions") }
    let units = try file.shape("decoder.stateWeight", rank: 2)[0]
    let hidden = try file.shape("attention.query.weight", rank: 2)[1]
    // With these, no size asks for more than the file has.
    for (name, shape) in [
      ("decoder.stateWeight", [units, 3 * units] as Shape), ("decoder.inputWeight", [table[1] + seen, 3 * units]),
      ("attention.memory.weight", [seen, hidden]), ("readout.weight", [units + seen + table[1], table[1]]),
      ("output.weight", [table[1], table[0]]), ("bridge.weight", [seen, units]),
    ] where try file.shape(name, rank: 2) != shape { throw file.damaged("the tensor “\(name)” is not \(shape)") }
    var random = Philox(seed: 0)
    describer = PictureDescriber(
      vocabulary: table[0], channels: channels, features: table[1], units: units, hidden: hidden, using: &random)
  }

  /// The logits of what stands behind each piece of a batch's captions.
  func logits(_ batch: Batch) -> Tensor {
    describer(Tensor(batch.inputs), PairVocabulary.inputs(for: batch.targets))
  }

  /// The likeliest description that a search finds.
  ///
  /// - Parameter picture: `uint8` `[height, width, channels]`, of any size.
  package func describe(_ picture: NDArray, beams: Int = 4) -> (text: String, logProbability: Double) {
    let fitted = CaptionedPictures.fitted(picture, side: side)
    let input = DescribeModel.normalization.normalized(fitted.expanded(at: 0))
    let found = describer.describing(input).search(
      after: [PairVocabulary.begin], count: DescribeModel.longest, beams: beams, lengthPenalty: 1,
      end: PairVocabulary.end)
    return (TextPairs.printable(vocabulary.decode(found.first?.tokens ?? [])), found.first?.logProbability ?? 0)
  }
}
