import Foundation
import HebbArrays
import HebbData
import HebbFiles
import Testing

@Suite struct DatasetFinderTests {
  @Test func fashionMNISTIsReadFromTheDistributionsFolder() throws {
    let entry = try #require(DatasetCatalog.entry(named: "fashion_MNIST"))
    let finder = DatasetFinder(environment: ["HOME": "/nowhere"])
    guard finder.find(entry) != nil else { return }
    let clock = ContinuousClock()
    var parts: DatasetParts?
    let time = try clock.measure { parts = try finder.load(entry, fetching: false) }
    let train = try #require(parts).train
    #expect(train.inputs.shape == [60_000, 28, 28, 1])
    #expect((0..<10).map { label in train.labels.count { $0 == label } } == [Int](repeating: 6000, count: 10))
    #expect(time < .seconds(5))
    print("Fashion-MNIST read in \(time)")
  }

  @Test func builtInSetsNeedNoFolder() throws {
    let finder = DatasetFinder(environment: [:])
    for name in ["digits", "iris"] {
      let parts = try finder.load(try #require(DatasetCatalog.entry(named: name)), fetching: false)
      #expect(parts.train.count == parts.test.count * 4 || name == "digits")
    }
  }
}
