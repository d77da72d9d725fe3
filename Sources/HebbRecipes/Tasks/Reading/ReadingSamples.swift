import Hebb
import HebbFiles
import HebbOCR

/// Pictures of lines with their texts, as a reader learns from them: `[lines, 32, widest, 1]`, ink 1 and paper 0.
struct ReadingSamples: Dataset {
  /// A line as it is stored.
  struct Line {
    let picture: NDArray
    let labels: [Int]
  }

  let name: String
  let lines: [Line]
  let targets: NDArray
  let classNames: [String] = []
  let normalization = Normalization.identity

  init(_ name: String, _ lines: [Line]) {
    (self.name, self.lines) = (name, lines)
    targets = PaddedSequences.labels(lines.map(\.labels))
  }

  var count: Int { lines.count }
  /// How wide each line becomes.
  var widths: [Int] {
    lines.map { $0.picture.shape[1] * LineNetworks.height / $0.picture.shape[0] }
  }

  func targets(at indices: [Int]) -> NDArray { PaddedSequences.labels(indices.map { lines[$0].labels }) }
  func inputs(at indices: [Int]) -> NDArray { batch(at: indices).inputs }
  func lengths(at indices: [Int]) -> [Int]? { batch(at: indices).lengths }
  func batch(at indices: [Int]) -> Batch { batch(at: indices, augmentedBy: [], seed: 0, epoch: 0) }

  func batch(at indices: [Int], augmentedBy: [any Augmentation], seed: UInt64, epoch: Int) -> Batch {
    let inputs = indices.map { LineInput(lines[$0].picture) }
    return Batch(
      inputs: LineInput.batch(inputs), targets: targets(at: indices), indices: indices, lengths: inputs.map(\.width))
  }
}
