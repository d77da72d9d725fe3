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

  /// Runs where `HEBB_DATA` names a folder that has the sets.
  @Test(arguments: [
    ("mnist", 60_000, [28, 28, 1]), ("cifar10", 20_000, [32, 32, 3]), ("chinese-mnist", 12_000, [64, 64, 1]),
  ]) func realSetsAreRead(name: String, count: Int, shape: [Int]) throws {
    let entry = try #require(DatasetCatalog.entry(named: name))
    let finder = DatasetFinder()
    guard finder.find(entry) != nil else { return }
    var parts: DatasetParts?
    let time = try ContinuousClock().measure { parts = try finder.load(entry, fetching: false) }
    let train = try #require(parts).train
    #expect(train.count >= count && train.inputs.shape.removing(0) == Shape(shape))
    #expect(Set(train.labels).count == train.classNames.count)
    print("\(name) read in \(time)")
  }

  @Test func theBinaryFormOfCIFAR10IsRead() throws {
    let entry = try #require(DatasetCatalog.entry(named: "CIFAR-10"))
    let folder = URL(fileURLWithPath: resource("cifar-10-binary.tar.gz")).deletingLastPathComponent().path
    let parts = try DatasetFinder(folder: folder, environment: [:]).load(entry)
    #expect(parts.train.labels == [0, 1, 2, 3, 4] && parts.test.labels == [5])
    #expect(parts.test.inputs.shape == [1, 32, 32, 3])
    #expect(parts.test.inputs.elements(as: UInt8.self) == (0..<1024).flatMap { _ in [5, 50, 100] as [UInt8] })
  }
}
