import Foundation
import HebbArrays
import HebbData
import HebbFiles
import HebbTesting
import Testing

/// Python's own server on this machine, for the time of a call.
private func withServer(of folder: String, _ body: (_ address: String) throws -> Void) throws {
  let server = Process()
  server.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  server.arguments = ["python3", "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", folder]
  let output = Pipe()
  server.standardOutput = output
  server.standardError = FileHandle.nullDevice
  try server.run()
  defer {
    // Not a request to end: a child of one of Dispatch's threads is born with signals blocked.
    kill(server.processIdentifier, SIGKILL)
    server.waitUntilExit()
  }
  // "Serving HTTP on 127.0.0.1 port 43211 …"; nothing where there is no Python.
  let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
  guard let port = line.split(separator: " ").compactMap({ Int($0) }).first else { return }
  try body("http://127.0.0.1:\(port)")
}

@Suite struct FetchingTests {
  private let distribution = "/usr/share/datasets/fashion-mnist"

  private func finder(cache: String, mirror: String) -> DatasetFinder {
    DatasetFinder(environment: ["XDG_CACHE_HOME": cache, "HEBB_MIRROR": mirror])
  }

  private func files(in folder: String) -> [String]? { try? FileManager.default.contentsOfDirectory(atPath: folder) }

  @Test(.timeLimit(.minutes(1))) func aSetIsFetchedCheckedAndKept() throws {
    let entry = try #require(DatasetCatalog.entry(named: "fashion-mnist"))
    guard FileManager.default.fileExists(atPath: distribution) else { return }
    try withTemporaryFolder { folder in
      let served = "\(folder)/served/fashion-mnist"
      try FileManager.default.createDirectory(atPath: "\(folder)/served", withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(atPath: served, withDestinationPath: distribution)
      try withServer(of: "\(folder)/served") { address in
        let found = try finder(cache: "\(folder)/cache", mirror: address).fetch(entry)
        #expect(found == "\(folder)/cache/hebb/fashion-mnist")
        #expect(files(in: found)?.count == 4)
      }
    }
  }

  @Test(.timeLimit(.minutes(1))) func wrongBytesAreRefusedAndLeaveNothing() throws {
    let entry = try #require(DatasetCatalog.entry(named: "cifar10"))
    try withTemporaryFolder { folder in
      try FileManager.default.createDirectory(atPath: "\(folder)/cifar10", withIntermediateDirectories: true)
      try AtomicFile.write([1, 2, 3], to: "\(folder)/cifar10/cifar-10-binary.tar.gz")
      try withServer(of: folder) { address in
        let cache = "\(folder)/cache"
        expectDataError("MD5 sum is 5289df737df57326fcdd22597afb1fac") {
          _ = try finder(cache: cache, mirror: address).fetch(entry)
        }
        #expect(files(in: "\(cache)/hebb/cifar10") == [])
        expectDataError("cannot be fetched") {
          _ = try finder(cache: cache, mirror: "\(address)/nowhere").fetch(entry)
        }
        #expect(files(in: "\(cache)/hebb/cifar10") == [])
      }
    }
  }

  @Test func setsWithoutAnAddressSaySo() throws {
    let entry = try #require(DatasetCatalog.entry(named: "chinese-mnist"))
    try withTemporaryFolder { folder in
      let finder = DatasetFinder(environment: ["XDG_CACHE_HOME": folder])
      expectDataError("no address") { _ = try finder.load(entry) }
      expectDataError("HEBB_DATA") { _ = try finder.load(entry, fetching: false) }
      expectDataError("not there") { _ = try DatasetFinder(folder: folder, environment: [:]).load(entry) }
    }
  }
}
