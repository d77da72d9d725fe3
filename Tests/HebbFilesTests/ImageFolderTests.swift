import Foundation
import HebbArrays
import HebbData
import HebbFiles
import HebbTesting
import Testing

@Suite struct ImageFolderTests {
  /// Ten pictures of each class, whose pixels all hold 20 · class + number.
  private func lay(_ classes: [String], below folder: String, size: Int = 4) throws {
    for (label, name) in classes.enumerated() {
      try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
      for number in 0..<10 {
        let picture = NDArray.full([size, size, 1], Double(20 * label + number), dtype: .uint8)
        try Picture.write(picture, to: "\(folder)/\(name)/\(number).png")
      }
    }
  }

  @Test func classesAndPicturesComeInTheOrderOfTheirNames() throws {
    try withTemporaryFolder { folder in
      try lay(["Z", "a", "ä"], below: folder)
      let data = try ImageFolder.read(folder)
      #expect(data.classNames == ["Z", "a", "ä"] && data.inputs.shape == [30, 4, 4, 1])
      let first = (0..<30).map { Int(data.inputs.element($0 * 16)) }
      #expect(first == (0..<30).map { 20 * ($0 / 10) + $0 % 10 })
      #expect(try ImageFolder.read(folder, size: (8, 6), channels: 3).inputs.shape == [30, 8, 6, 3])
      let parts = try ImageFolder.readParts(folder)
      #expect(parts.train.count == 24 && parts.test.count == 6)
    }
  }

  @Test func twoPartsAreFound() throws {
    try withTemporaryFolder { folder in
      try lay(["a", "b"], below: "\(folder)/train")
      try lay(["a", "b"], below: "\(folder)/test", size: 8)
      let parts = try ImageFolder.readParts(folder)
      #expect(parts.test.inputs.shape == [20, 4, 4, 1] && parts.test.labels == parts.train.labels)
    }
  }

  @Test func faultsAreNamed() throws {
    try withTemporaryFolder { folder in
      expectDataError("no pictures") { _ = try ImageFolder.read(folder) }
      expectDataError("cannot be read") { _ = try ImageFolder.read("\(folder)/nowhere") }
      try lay(["a"], below: folder)
      try FileManager.default.createDirectory(atPath: "\(folder)/none", withIntermediateDirectories: true)
      expectDataError("none: a class without a PNG or JPEG picture") { _ = try ImageFolder.read(folder) }
      try FileManager.default.removeItem(atPath: "\(folder)/none")
      try Picture.write(.zeros([5, 4, 1], dtype: .uint8), to: "\(folder)/a/5.png")
      expectDataError("a/5.png: it is 4 × 5, not 4 × 4") { _ = try ImageFolder.read(folder) }
      try AtomicFile.write([1], to: "\(folder)/a/3.png")
      expectDataError("a/3.png, byte 0: it is neither") { _ = try ImageFolder.read(folder) }
    }
  }
}
