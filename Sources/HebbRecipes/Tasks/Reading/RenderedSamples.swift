import Hebb
import HebbFiles
import HebbOCR
import HebbTypesetting

/// Lines that are drawn as they are asked for, others in every epoch: line i of epoch e is a function of seed, e and i.
struct RenderedSamples: Dataset {
  let name: String
  /// One for lines of each length class, the shortest first; line i is drawn by number i modulo their count.
  let renderers: [LineRenderer]
  let alphabet: Alphabet
  let count: Int
  let classNames: [String] = []
  let normalization = Normalization.identity
  /// Texts are not known before they are drawn.
  let targets: NDArray

  /// - Parameter lengths: the classes: how many characters lines have.
  init(_ name: String, _ renderer: LineRenderer, lengths: [ClosedRange<Int>], alphabet: Alphabet, count: Int) {
    (self.name, self.alphabet, self.count) = (name, alphabet, count)
    renderers = lengths.map { renderer.drawing(lengths: $0) }
    targets = NDArray([Int32](repeating: -1, count: count), shape: [count, 1])
  }

  /// A number that grows with how long each line is.
  var lengthClasses: [Int] { (0..<count).map { $0 % renderers.count } }

  func inputs(at indices: [Int]) -> NDArray { batch(at: indices).inputs }
  func lengths(at indices: [Int]) -> [Int]? { batch(at: indices).lengths }
  func targets(at indices: [Int]) -> NDArray { batch(at: indices).targets }
  func batch(at indices: [Int]) -> Batch { batch(at: indices, augmentedBy: [], seed: 0, epoch: 0) }

  func batch(at indices: [Int], augmentedBy: [any Augmentation], seed: UInt64, epoch: Int) -> Batch {
    let key = Philox(seed: seed, stream: 0x6F_0001).split(UInt64(epoch))
    let lines = indices.map { index in
      var random = key.split(UInt64(index))
      let line = renderers[index % renderers.count].line(using: &random)
      return (input: LineInput(line.pictureForReading), labels: alphabet.encode(line.text) ?? [])
    }
    return Batch(
      inputs: LineInput.batch(lines.map(\.input)), targets: PaddedSequences.labels(lines.map(\.labels)),
      indices: indices, lengths: lines.map(\.input.width))
  }

  /// Lines that are always the same, to test by.
  static func fixed(_ renderer: LineRenderer, _ count: Int, seed: UInt64) -> [LabelledLines.Item] {
    (0..<count).map { index in
      var random = Philox(seed: seed, stream: 0x6F_0002).split(UInt64(index))
      let line = renderer.line(using: &random)
      return LabelledLines.Item(picture: line.pictureForReading, text: line.text, name: "line \(index)")
    }
  }
}
