import Foundation
import HebbArrays
import HebbTesting
import Testing

@Suite struct SafetensorsTests {
  private func file(_ header: String, data: Int = 0, length: UInt64? = nil) -> [UInt8] {
    let text = Array(header.utf8)
    return withUnsafeBytes(of: (length ?? UInt64(text.count)).littleEndian) { Array($0) } + text
      + [UInt8](repeating: 0, count: data)
  }

  @Test func pythonsFileIsRead() throws {
    let file = try SafetensorsFile(reading: resource("python.safetensors"))
    let ramp = (0..<24).map { Double($0) }
    #expect(file.metadata == ["format": "pt", "text": "häß \"quoted\"\n汉字"])
    #expect(file["f64"]?.shape == [2, 3, 4] && file["f64"]?.elements() == ramp.map { $0 / 7 })
    #expect(file["f32"]?.elements() == ramp.map { Float($0 / 7) })
    #expect(file["f16"]?.elements(as: Float.self)[..<4] == [0, -0.0, 1.5, -2.25])
    #expect(file["f16"]?.elements(as: Float.self)[4...] == [0x1.ff8p-15, 0x1p-24, 65504, .infinity])
    #expect(file["bf16"]?.elements(as: Float.self)[..<2] == [1, -3.140625])
    #expect(file["i64"]?.elements(as: Int32.self) == [-5, 2_147_483_647])
    #expect(file["i32"]?.elements() == ramp.map { Int32($0 - 12) })
    #expect(file["u8"]?.elements() == ramp.map { UInt8($0 * 10) })
    #expect(file["bool"]?.elements(as: UInt8.self) == [1, 0, 1])
    #expect(file["scalar"]?.shape == [] && file["scalar"]?.scalar == 2.5)
    #expect(file["empty"]?.shape == [0, 3])
  }

  @Test func filesComeBack() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/model.safetensors"
      let text = "line\nquote\" back\\ \u{1} 汉字"
      let file = SafetensorsFile(
        tensors: [
          ("bytes", NDArray([1, 2, 3] as [UInt8])), ("double", NDArray([0.1, 2])), ("w", NDArray([1.5, 2] as [Float])),
          ("labels", NDArray([-1, 7] as [Int32])),
        ], metadata: ["b": text, "a": ""])
      try file.write(to: path)
      let first = try InputFile.bytes(of: path, limit: 1 << 20)
      #expect(first[0] % 8 == 0)
      try file.write(to: path)
      #expect(try InputFile.bytes(of: path, limit: 1 << 20) == first)
      let back = try SafetensorsFile(reading: path)
      #expect(back.metadata == file.metadata)
      #expect(try SafetensorsFile.metadata(of: path) == file.metadata)
      #expect(back["bytes"]?.elements() == [1, 2, 3] as [UInt8] && back["double"]?.elements() == [0.1, 2.0])
      #expect(back["w"]?.elements() == [1.5, 2] as [Float] && back["labels"]?.elements() == [-1, 7] as [Int32])
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["model.safetensors"])
    }
  }

  @Test(
    arguments: [
      ("too few", "x", nil, 0), ("header would have 100000001", "{}", UInt64(100_000_001), 0),
      ("header would have 18446744073709551615", "{}", UInt64.max, 0), ("the file ends at 10", "{}", UInt64(3), 0),
      ("does not begin with {", "[]", nil, 0), ("comma", #"{"a":1 "b":2}"#, nil, 0), ("more after", "{} {}", nil, 0),
      ("have 0 bytes, but 4", "{}", nil, 4),
      ("missing", #"{"a":{"dtype":"F32","shape":[1]}}"#, nil, 4),
      ("type F8_E4M3", #"{"a":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,1]}}"#, nil, 1),
      ("needs 8 bytes, but has 4", #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, nil, 4),
      ("rising", #"{"a":{"dtype":"F32","shape":[0],"data_offsets":[4,0]}}"#, nil, 4),
      ("extent", #"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, nil, 4),
      ("extent", #"{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}"#, nil, 4),
      ("extent", #"{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]}}"#, nil, 4),
      ("than any file", #"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,4]}}"#, nil, 4),
      ("than any file", #"{"a":{"dtype":"F32","shape":[0,4611686018427387904],"data_offsets":[0,0]}}"#, nil, 0),
      (
        "than any file", #"{"a":{"dtype":"F32","shape":[2147483647,2147483647,2147483647,0],"data_offsets":[0,0]}}"#,
        nil, 0
      ),
      ("7 axes", #"{"a":{"dtype":"U8","shape":[1,1,1,1,1,1,1],"data_offsets":[0,1]}}"#, nil, 1),
      ("begin at 1", #"{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}"#, nil, 2),
      (
        "begin at 0",
        #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}"#,
        nil, 2
      ),
      ("comes twice", #"{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"a":{}}"#, nil, 0),
      ("have 2 bytes, but 1", #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}"#, nil, 1),
      ("text by name", #"{"__metadata__":{"a":1}}"#, nil, 0), ("text by name", #"{"__metadata__":[]}"#, nil, 0),
      ("nested", #"{"a":"# + String(repeating: "[", count: 100_000), nil, 0),
      ("control character", "{\"a\nb\":1}", nil, 0), ("surrogate", #"{"\ud800":1}"#, nil, 0),
    ] as [(String, String, UInt64?, Int)]) func hostileFilesAreRefused(
      words: String, header: String, length: UInt64?, data: Int
    ) throws
  {
    try withTemporaryFolder { folder in
      let path = "\(folder)/hostile.safetensors"
      let bytes = words == "too few" ? [1, 2, 3] : file(header, data: data, length: length)
      try AtomicFile.write(bytes, to: path)
      expectDataError(words) { _ = try SafetensorsFile(reading: path) }
    }
  }

  @Test func everyTruncationIsRefused() throws {
    try withTemporaryFolder { folder in
      let whole = try InputFile.bytes(of: resource("python.safetensors"), limit: 1 << 20)
      let path = "\(folder)/short.safetensors"
      for count in stride(from: 0, to: whole.count, by: 7) {
        try Data(whole[..<count]).write(to: URL(fileURLWithPath: path))
        expectDataError(path) { _ = try SafetensorsFile(reading: path) }
      }
    }
  }

  @Test func aFailedWriteLeavesTheOldFile() async throws {
    await #expect(processExitsWith: .success) {
      let folder = FileManager.default.temporaryDirectory.appending(path: "hebb-\(UUID().uuidString)").path
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(atPath: folder) }
      let path = "\(folder)/model.safetensors"
      try SafetensorsFile(tensors: [("w", .ones([4]))]).write(to: path)
      // A process that may write no more than 64 KiB stands in for a full disk.
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 1 << 16, rlim_max: 1 << 16)
      #if canImport(Darwin)
        setrlimit(RLIMIT_FSIZE, &limit)
      #else
        setrlimit(__rlimit_resource_t(1), &limit)
      #endif
      do {
        try SafetensorsFile(tensors: [("w", .zeros([1 << 20]))]).write(to: path)
        exit(2)
      } catch {
        let isOld = try SafetensorsFile(reading: path)["w"]?.elements() == [1, 1, 1, 1] as [Float]
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        try? FileManager.default.removeItem(atPath: folder)
        exit(isOld && names == ["model.safetensors"] ? 0 : 3)
      }
    }
  }

  @Test func leftoversOfKilledWritersAreRemoved() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/model.safetensors"
      try Data([1]).write(to: URL(fileURLWithPath: "\(path).part-999999999"))
      try Data([1]).write(to: URL(fileURLWithPath: "\(path).part-other"))
      try SafetensorsFile(tensors: []).write(to: path)
      let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      #expect(names == ["model.safetensors", "model.safetensors.part-other"])
    }
  }
}
