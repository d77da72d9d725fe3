import HebbArrays
import HebbData
import Testing

@Suite struct SequenceDatasetTests {
  private let tagged = SequenceDataset(
    name: "tagged", tokens: [[1, 2, 3], [4], [5, 6]], targets: [[0, 1, 0], [2], [1, 1]])

  @Test func batchesAreAsLongAsTheirLongestSequence() {
    let batch = tagged.batch(at: [1, 2])
    #expect(batch.inputs.shape == [2, 2] && batch.inputs.dtype == .int32)
    #expect(batch.inputs.elements(as: Int32.self) == [4, 0, 5, 6])
    #expect(batch.targets.elements(as: Int32.self) == [2, -1, 1, 1])
    #expect(batch.lengths == [1, 2])
    #expect(tagged.all.targets.elements(as: Int32.self) == [0, 1, 0, 2, -1, -1, 1, 1, -1])
  }

  @Test func partsKeepLengthsAndTargets() {
    let part = tagged.subset([2, 1])
    let batch = part.batch(at: [1])
    #expect(batch.inputs.elements(as: Int32.self) == [4] && batch.targets.shape == [1, 1] && batch.lengths == [1])
  }

  @Test func featuresAreNormalisedAndPaddedWithZeros() {
    let rows = [NDArray([1, 2, 3, 4] as [Float], shape: [2, 2]), NDArray([5, 6] as [Float], shape: [1, 2])]
    let sound = SequenceDataset(name: "sound", sequences: rows, labels: [1, 0], classNames: ["a", "b"])
    #expect(sound.all.inputs.elements(as: Float.self) == [1, 2, 3, 4, 5, 6, 0, 0])
    #expect(sound.labels == [1, 0] && sound.all.lengths == [2, 1])
  }

  /// Every sample once, like lengths together, another order in another epoch.
  @Test func likeLengthsMeet() {
    let lengths = (0..<103).map { ($0 * 37) % 50 + 1 }
    let sampler = Sampler.byLength(lengths, batch: 10, seed: 3)
    let (first, second) = (sampler.indices(count: 103, epoch: 0), sampler.indices(count: 103, epoch: 1))
    #expect(first.sorted() == Array(0..<103) && second.sorted() == first.sorted() && first != second)
    #expect(first == sampler.indices(count: 103, epoch: 0))
    for start in stride(from: 0, to: 100, by: 10) {
      let batch = first[start..<start + 10].map { lengths[$0] }
      #expect(batch.max()! - batch.min()! <= 10, "\(batch)")
    }
  }
}
