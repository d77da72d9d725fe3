import HebbArrays
import HebbData
import Testing

/// A hundred samples of 4 × 3 × 2 whose elements all say which sample they are.
private let numbered = ArrayDataset(
  name: "numbered", inputs: NDArray((0..<100 * 24).map { UInt8($0 / 24) }, shape: [100, 4, 3, 2]),
  targets: .range(100), normalization: .identity)

@Suite struct LoaderTests {
  @Test(arguments: [0, 1, 2, 5]) func batchesDoNotDependOnPrefetch(prefetch: Int) {
    let plain = Loader(numbered, batchSize: 7, sampler: .shuffled(seed: 3), prefetch: 0)
    let ahead = Loader(numbered, batchSize: 7, sampler: .shuffled(seed: 3), prefetch: prefetch)
    let expected = Array(plain.batches(epoch: 4))
    let found = Array(ahead.batches(epoch: 4))
    #expect(found.count == 15)
    #expect(found.map(\.indices) == expected.map(\.indices))
    #expect(found.map { $0.inputs.elements(as: Float.self) } == expected.map { $0.inputs.elements(as: Float.self) })
  }

  @Test(arguments: [0, 2]) func batchesCanBeGoneThroughAgain(prefetch: Int) {
    let batches = Loader(numbered, batchSize: 30, prefetch: prefetch).batches(epoch: 0)
    #expect(batches.first { _ in true }?.indices[0] == 0)
    for _ in 0..<2 { #expect(batches.map { $0.indices[0] } == [0, 30, 60, 90]) }
  }

  @Test func everySampleComesOnceWithItsTarget() {
    let loader = Loader(numbered, batchSize: 32, sampler: .shuffled(seed: 1))
    var seen: [Int] = []
    for batch in loader.batches(epoch: 0) {
      #expect(batch.targets.elements(as: Int32.self).map(Int.init) == batch.indices)
      #expect(
        batch.inputs.elements(as: Float.self) == batch.indices.flatMap { [Float](repeating: Float($0), count: 24) })
      seen += batch.indices
    }
    #expect(seen != Array(0..<100))
    #expect(seen.sorted() == Array(0..<100))
  }

  @Test func orderIsAFunctionOfSeedAndEpoch() {
    let sampler = Sampler.shuffled(seed: 9)
    #expect(sampler.indices(count: 50, epoch: 2) == sampler.indices(count: 50, epoch: 2))
    #expect(sampler.indices(count: 50, epoch: 2) != sampler.indices(count: 50, epoch: 3))
    #expect(Sampler.shuffled(seed: 8).indices(count: 50, epoch: 2) != sampler.indices(count: 50, epoch: 2))
  }

  @Test func aStoppedEpochGoesOnWhereItWas() {
    let loader = Loader(numbered, batchSize: 8, sampler: .shuffled(seed: 2))
    let whole = loader.batches(epoch: 1).map(\.indices)
    let rest = loader.batches(epoch: 1, startingAt: 5).map(\.indices)
    #expect(rest == Array(whole[5...]))
    #expect(Array(loader.batches(epoch: 1, startingAt: 13)).isEmpty)
  }

  @Test func theLastSamplesCanBeDropped() {
    let loader = Loader(numbered, batchSize: 32, dropsLast: true)
    #expect(loader.batches(epoch: 0).map(\.count) == [32, 32, 32])
    #expect(Loader(numbered, batchSize: 32).batches(epoch: 0).map(\.count) == [32, 32, 32, 4])
  }

  @Test func leavingALoopEarlyEndsTheThread() {
    for epoch in 0..<200 {
      for batch in Loader(numbered, batchSize: 1, prefetch: 2).batches(epoch: epoch) where batch.count == 1 { break }
    }
  }

  @Test func balancedSamplingEvensClassesOut() {
    let labels = [Int](repeating: 0, count: 900) + [Int](repeating: 1, count: 100)
    let drawn = Sampler.balanced(labels: labels, seed: 5).indices(count: 1000, epoch: 0)
    let rare = drawn.count { labels[$0] == 1 }
    #expect(rare > 430 && rare < 570)
  }
}
