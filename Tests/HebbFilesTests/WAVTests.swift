import Foundation
import HebbArrays
import HebbData
import HebbFiles
import HebbTesting
import Testing

/// The files of `Resources` were written by Python's wave module and SciPy.
@Suite struct WAVTests {
  private let ramp = [0, 1, -1, 256, -32768, 32767, 12345, -12345].map { Float($0) / 32768 }

  @Test(arguments: ["s16", "s24", "s32", "f32", "extensible"]) func samplesAreRead(_ name: String) throws {
    let sound = try WAV.read(resource("\(name).wav"))
    #expect(sound.samples == ramp && sound.rate == (name == "f32" ? 44_100 : 8000))
  }

  @Test func bytesAreUnsigned() throws {
    #expect(try WAV.read(resource("u8.wav")).samples == [0, 1, -1, 127, -128].map { Float($0) / 128 })
  }

  @Test func channelsAreMixed() throws {
    let sound = try WAV.read(resource("stereo.wav"))
    let second = [0, 0, -1, 128, -16384, 16383, 6172, -6173].map { Float($0) / 32768 }
    #expect(sound.samples == zip(ramp, second).map { ($0 + $1) / 2 })
  }

  @Test func soundsComeBack() throws {
    let sound = Sound(ramp, rate: 12_345)
    #expect(try WAV.decode(WAV.encode(sound), name: "x") == sound)
    let loud = try WAV.decode(WAV.encode(Sound([2, -2], rate: 8000)), name: "x")
    #expect(loud.samples == [32767.0 / 32768, -1])
    try withTemporaryFolder { folder in
      try WAV.write(sound, to: "\(folder)/a.wav")
      #expect(try WAV.read("\(folder)/a.wav") == sound)
    }
  }

  /// A program that writes to a pipe cannot say how much it will be.
  @Test func anUnknownSizeMeansTheRest() throws {
    var bytes = WAV.encode(Sound(ramp, rate: 8000))
    for place in [4, 40] { bytes.replaceSubrange(place..<place + 4, with: [255, 255, 255, 255]) }
    #expect(try WAV.decode(bytes, name: "pipe").samples == ramp)
  }

  @Test(arguments: [
    ("does not begin as a WAV file", 0, [UInt8]("RIFX".utf8)), ("does not begin as a WAV file", 8, [0x41]),
    ("a chunk of 4294967280 bytes begins, and 40 follow", 16, [240, 255, 255, 255]),
    ("a chunk of 64", 16, [0x40, 0, 0, 0]), ("has 4 bytes, not 16", 16, [4, 0, 0, 0]),
    ("the format 85 of 16 bits", 20, [85, 0]), ("the format 3 of 16 bits", 20, [3, 0]),
    ("0 channels", 22, [0, 0]), ("65535 channels", 22, [255, 255]), ("0 samples a second", 24, [0, 0, 0, 0]),
    ("4294967295 samples a second", 24, [255, 255, 255, 255]), ("does not have 7 bytes", 32, [7, 0]),
    ("the format 1 of 12 bits", 34, [12, 0]), ("extensible format", 20, [0xFE, 0xFF]),
    ("come before their format", 12, [UInt8]("JUNK".utf8)), ("ends before any samples", 36, [UInt8]("JUNK".utf8)),
    ("no samples", 40, [0, 0, 0, 0]), ("no whole frames", 40, [15, 0, 0, 0]),
    ("a chunk of 17 bytes begins, and 16 follow", 40, [17, 0, 0, 0]),
  ]) func hostileHeadersAreRefused(words: String, place: Int, change: [UInt8]) {
    var bytes = WAV.encode(Sound(ramp, rate: 8000))
    bytes.replaceSubrange(place..<place + change.count, with: change)
    expectDataError(words) { _ = try WAV.decode(bytes, name: "hostile.wav") }
  }

  @Test func everyTruncationIsRefused() throws {
    for name in ["extensible", "f32"] {
      let whole = try InputFile.bytes(of: resource("\(name).wav"), limit: 1 << 20)
      // What follows the samples is not missed.
      for count in 0..<whole.count - 10 {
        expectDataError(name) { _ = try WAV.decode(Array(whole[..<count]), name: name) }
      }
    }
  }

  @Test func numbersMustBeFinite() throws {
    var bytes = try InputFile.bytes(of: resource("f32.wav"), limit: 1 << 20)
    bytes.replaceSubrange(bytes.count - 4..<bytes.count, with: [0, 0, 0xC0, 0x7F])
    expectDataError("sample 7: it is infinite or NaN") { _ = try WAV.decode(bytes, name: "nan.wav") }
  }

  @Test func foldersAndArchivesOfRecordings() throws {
    func paths(_ place: String) throws -> [String] {
      var paths: [String] = []
      try RecordingFiles.forEach(in: place) { (path, bytes, name) throws(DataError) in
        _ = try WAV.decode(bytes, name: name)
        paths.append(path)
      }
      return paths
    }
    try withTemporaryFolder { folder in
      expectDataError("no WAV files in it") { _ = try paths(folder) }
      expectDataError("it is not there") { _ = try paths("\(folder)/none") }
      for name in ["no", "yes", ".hidden"] {
        try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
        for index in [1, 0] { try WAV.write(Sound(ramp, rate: 8000), to: "\(folder)/\(name)/\(index).WAV") }
      }
      #expect(try paths(folder) == ["no/0.WAV", "no/1.WAV", "yes/0.WAV", "yes/1.WAV"])
      for name in ["b.wav", "a.wav"] { try WAV.write(Sound(ramp, rate: 8000), to: "\(folder)/\(name)") }
      let archive = "\(folder)/recordings.tar.gz"
      let tar = try Process.run(
        URL(fileURLWithPath: "/bin/tar"), arguments: ["-C", folder, "-czf", archive, "b.wav", "a.wav"])
      tar.waitUntilExit()
      #expect(try paths(archive) == ["a.wav", "b.wav"])
      #expect(try paths(folder) == ["a.wav", "b.wav"])
    }
  }
}
