import Foundation
import HebbArrays
import HebbFiles
import HebbTesting
import Testing

@Suite struct ArchiveTests {
  private let two = [UInt8](String(repeating: "two ", count: 1000).utf8)

  @Test(arguments: ["files.tar", "files.tar.gz", "files.tar.xz", "files.zip"]) func archivesAreRead(name: String) throws
  {
    let source = Archive.Source.file(resource(name))
    #expect(try Archive.paths(in: source) == ["a/one.txt", "b.txt"])
    let memory = Archive.Source.memory(try InputFile.bytes(of: resource(name), limit: 1 << 20), name: name)
    for source in [source, memory] {
      var found: [Archive.Entry] = []
      try Archive.forEachFile(in: source) { entry in found.append(entry) }
      #expect(found.map(\.bytes) == [[UInt8]("one\n".utf8), two])
    }
    try withTemporaryFolder { folder in
      try Archive.extract(source, to: folder)
      #expect(try InputFile.bytes(of: "\(folder)/b.txt", limit: 4000) == two)
      #expect(try InputFile.bytes(of: "\(folder)/a/one.txt", limit: 4) == [UInt8]("one\n".utf8))
    }
  }

  @Test(arguments: ["two.txt.gz", "two.txt.xz"]) func singleFilesAreUnpacked(name: String) throws {
    #expect(try Archive.unpacked(.file(resource(name))) == two)
    #expect(try Archive.unpacked(.memory(two, name: "plain")) == two)
    expectDataError("limit of 3999") { _ = try Archive.unpacked(.file(resource(name)), limit: 3999) }
  }

  @Test(arguments: ["escaping.tar", "absolute.tar"]) func pathsThatLeaveTheFolderAreRefused(name: String) throws {
    try withTemporaryFolder { folder in
      expectDataError("leaves the folder") { try Archive.extract(.file(resource(name)), to: "\(folder)/inside") }
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/escaped.txt"))
    }
  }

  @Test func limitsCountBytesAsTheyCome() {
    let source = Archive.Source.file(resource("files.zip"))
    expectDataError("limit of 100") { try Archive.forEachFile(in: source, entryLimit: 100) { _ in } }
    expectDataError("limit of 3996") { try Archive.forEachFile(in: source, totalLimit: 4000) { _ in } }
  }

  @Test(arguments: ["files.tar.gz", "files.tar.xz", "files.zip", "two.txt.gz", "two.txt.xz"])
  func damageIsAnErrorOrHarmless(name: String) throws {
    let whole = try InputFile.bytes(of: resource(name), limit: 1 << 20)
    for count in [7, 20, whole.count / 2] {
      let source = Archive.Source.memory(Array(whole[..<count]), name: "\(name) of \(count)")
      expectDataError("\(name) of \(count)") {
        if name.hasPrefix("two") {
          _ = try Archive.unpacked(source)
        } else {
          try Archive.forEachFile(in: source) { _ in }
        }
      }
    }
    for place in whole.indices {
      var bytes = whole
      bytes[place] ^= 0x55
      let source = Archive.Source.memory(bytes, name: name)
      try? Archive.forEachFile(in: source) { _ in }
      _ = try? Archive.unpacked(source)
    }
  }

  @Test func whatIsNoArchiveIsRefused() {
    expectDataError("noise") { _ = try Archive.paths(in: .memory([UInt8](repeating: 7, count: 2000), name: "noise")) }
    expectDataError("nowhere") { _ = try Archive.paths(in: .file("/nowhere/a.zip")) }
    expectDataError("cannot be opened") { _ = try Archive.unpacked(.file("/nowhere/a.gz")) }
  }
}
