import Hebb
import HebbFiles
import HebbOCR
import HebbTypesetting

/// Pictures of lines with their texts, as a reader learns from them: `[lines, 32, widest, 1]`, ink 1 and paper 0. Some are
/// stored, the others drawn anew in every epoch.
struct ReadingSamples: Dataset {
  /// A line that is stored.
  struct Line {
    let picture: NDArray
    let labels: [Int]
  }

  let name: String
  let alphabet: Alphabet
  let lines: [Line]
  let drawn: DrawnLines?
  /// What is done to stored lines in training; nothing where nil.
  let damage: LineDamage?
  /// The labels of stored lines; those of drawn ones are not known before.
  let targets: NDArray
  let classNames: [String] = []
  let normalization = Normalization.identity

  init(
    _ name: String, _ lines: [LabelledLines.Item], drawn: DrawnLines? = nil, damage: LineDamage? = nil,
    alphabet: Alphabet
  ) {
    self.lines = lines.compactMap { line in
      alphabet.encode(line.text).map { Line(picture: line.picture, labels: $0) }
    }
    (self.name, self.drawn, self.damage, self.alphabet) = (name, drawn, damage, alphabet)
    targets = PaddedSequences.labels(self.lines.map(\.labels) + Array(repeating: [], count: drawn?.count ?? 0))
  }

  var count: Int { lines.count + (drawn?.count ?? 0) }

  /// How wide each line becomes, roughly.
  var widths: [Int] {
    lines.map { $0.picture.shape[1] * LineNetworks.height / $0.picture.shape[0] }
      + (0..<(drawn?.count ?? 0)).compactMap { drawn?.width($0) }
  }

  func inputs(at indices: [Int]) -> NDArray { batch(at: indices).inputs }
  func lengths(at indices: [Int]) -> [Int]? { batch(at: indices).lengths }
  func targets(at indices: [Int]) -> NDArray { batch(at: indices).targets }
  func batch(at indices: [Int]) -> Batch { batch(indices, key: nil) }

  func batch(at indices: [Int], augmentedBy: [any Augmentation], seed: UInt64, epoch: Int) -> Batch {
    batch(indices, key: Philox(seed: seed, stream: 0x6F_0001).split(UInt64(epoch)))
  }

  /// - Parameter key: of the epoch in training; nil for lines as they are.
  private func batch(_ indices: [Int], key: Philox?) -> Batch {
    let samples = indices.map { index -> (input: LineInput, labels: [Int]) in
      var random = (key ?? Philox(seed: 0)).split(UInt64(index))
      guard index < lines.count else {
        guard let line = drawn?.line(index - lines.count, using: &random) else {
          fatalError("there is no line \(index)")
        }
        return (LineInput(line.picture), alphabet.encode(line.text) ?? [])
      }
      let line = lines[index]
      guard key != nil, let damage else { return (LineInput(line.picture), line.labels) }
      return (LineInput(damage.retaken(line.picture, using: &random)), line.labels)
    }
    return Batch(
      inputs: LineInput.batch(samples.map(\.input)), targets: PaddedSequences.labels(samples.map(\.labels)),
      indices: indices, lengths: samples.map(\.input.width))
  }
}
