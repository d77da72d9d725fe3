import Foundation
import Hebb
import HebbFiles

/// Pictures to learn from, as bytes.
package struct PictureData: Sendable {
  package let name: String
  /// `uint8` `[count, height, width, channels]`, numbers from 0 to 1 in a batch.
  package let train: ArrayDataset
  package let test: ArrayDataset

  /// Height, width and channels.
  package var sample: Shape { train.inputs.shape.removing(0) }
  package var classNames: [String] { train.classNames }

  /// Ten pictures of the test set, or as many as there are: from all over it, since it may be in the order of its classes.
  var examples: Batch {
    let count = min(10, test.count)
    return test.batch(at: (0..<count).map { $0 * test.count / count })
  }

  /// The side that pictures from a folder are scaled to.
  static let folderSide = 32
  private static let fewest = 10

  /// A set of the catalogue by its name, or a folder of pictures, with folders for classes or without.
  ///
  /// - Parameter needsColor: whether grey pictures are refused.
  package init(_ source: String, needsColor: Bool) throws(DataError) {
    let parts = try PictureData.parts(source, channels: needsColor ? 3 : nil)
    guard parts.train.inputs.rank == 4, [1, 3].contains(parts.train.inputs.shape[3]) else {
      throw DataError(source, "its samples are no pictures", advice: "give a set or a folder of pictures")
    }
    guard !needsColor || parts.train.inputs.shape[3] == 3 else {
      throw DataError(source, "its pictures are grey", advice: "give pictures in colour, such as cifar10")
    }
    guard parts.train.inputs.shape[1] % 4 == 0, parts.train.inputs.shape[1] == parts.train.inputs.shape[2] else {
      throw DataError(
        source, "its pictures are \(parts.train.inputs.shape[2]) × \(parts.train.inputs.shape[1])",
        advice: "give square ones whose side is a multiple of 4")
    }
    name = parts.train.name
    let white = PictureData.white(parts.train.inputs)
    train = PictureData.bytes(parts.train, white)
    test = PictureData.bytes(parts.test, white)
  }

  private static func parts(_ source: String, channels: Int?) throws(DataError) -> DatasetParts {
    if let entry = DatasetCatalog.entry(named: source) { return try DatasetFinder().load(entry, fetching: false) }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: source, isDirectory: &isFolder), isFolder.boolValue else {
      let names = DatasetCatalog.all.map(\.name).joined(separator: ", ")
      throw DataError(source, "there is no such data set or folder", advice: "give a folder of pictures or \(names)")
    }
    let size = (folderSide, folderSide)
    let count = try ImageFolder.count(source)
    // Without pictures of its own a folder must have folders for classes.
    if count == 0 {
      let parts = try ImageFolder.readParts(source, size: size, channels: channels, fit: .crop)
      try check(parts.train.count + parts.test.count, source)
      guard parts.train.count > 0, parts.test.count > 0 else {
        throw DataError(source, "too few pictures to learn and test", advice: "give each class five or more")
      }
      return parts
    }
    try check(count, source)
    let whole = try ImageFolder.readFlat(source, size: size, channels: channels, fit: .crop)
    let split = whole.split(testFraction: 0.2, seed: 0)
    return DatasetParts(train: whole.rows(at: split.train.indices), test: whole.rows(at: split.test.indices))
  }

  /// Refuses what nothing can be learned from.
  private static func check(_ count: Int, _ source: String) throws(DataError) {
    guard count < fewest else { return }
    let found = count == 1 ? "1 picture is" : "\(count) pictures are"
    throw DataError(source, "\(found) too few to learn from", advice: "give \(fewest) or more, PNG or JPEG")
  }

  /// The number that stands for white.
  private static func white(_ x: NDArray) -> Double {
    let largest = x.cast(to: .float32).max().scalar
    return x.dtype == .uint8 && largest > 64 ? 255 : max(largest, 1e-6)
  }

  private static func bytes(_ data: ArrayDataset, _ white: Double) -> ArrayDataset {
    let isReady = data.inputs.dtype == .uint8 && white == 255
    let scaled = { data.inputs.cast(to: .float32) * (255 / white) + 0.5 }
    return ArrayDataset(
      name: data.name, inputs: isReady ? data.inputs : scaled().cast(to: .uint8),
      targets: data.targets, classNames: data.classNames, normalization: .bytes, provenance: data.provenance)
  }
}
