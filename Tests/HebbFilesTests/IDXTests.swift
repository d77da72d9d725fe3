import HebbArrays
import HebbFiles
import Testing

@Suite struct IDXTests {
  /// A header of big-endian extents.
  private func header(_ type: UInt8, _ extents: [UInt32]) -> [UInt8] {
    var bytes: [UInt8] = [0, 0, type, UInt8(extents.count)]
    for extent in extents { bytes += withUnsafeBytes(of: extent.bigEndian) { Array($0) } }
    return bytes
  }

  @Test func everyElementTypeIsRead() throws {
    let bytes = try IDX.decode(header(8, [2, 3]) + [1, 2, 3, 4, 5, 255], name: "u8")
    #expect(bytes.shape == [2, 3] && bytes.elements(as: UInt8.self) == [1, 2, 3, 4, 5, 255])
    #expect(try IDX.decode(header(9, [2]) + [255, 127], name: "i8").elements(as: Int32.self) == [-1, 127])
    #expect(try IDX.decode(header(11, [1]) + [0xFF, 0xFE], name: "i16").elements(as: Int32.self) == [-2])
    #expect(try IDX.decode(header(12, [1]) + [0, 1, 0, 0], name: "i32").elements(as: Int32.self) == [65536])
    #expect(try IDX.decode(header(13, [1]) + [0x3F, 0x80, 0, 0], name: "f32").elements(as: Float.self) == [1])
    #expect(
      try IDX.decode(header(14, [1]) + [0x40, 0, 0, 0, 0, 0, 0, 0], name: "f64").elements(as: Double.self) == [2])
  }

  @Test func hostileFilesAreRefused() {
    expectDataError("two zero bytes") { _ = try IDX.decode([], name: "empty") }
    expectDataError("two zero bytes") { _ = try IDX.decode(Array("<html>".utf8), name: "page") }
    expectDataError("0 axes") { _ = try IDX.decode([0, 0, 8, 0], name: "scalar") }
    expectDataError("200 axes") { _ = try IDX.decode([0, 0, 8, 200], name: "axes") }
    expectDataError("cut short") { _ = try IDX.decode([0, 0, 8, 3, 0, 0], name: "header") }
    expectDataError("type 7") { _ = try IDX.decode(header(7, [1]) + [0], name: "type") }
    expectDataError("6 bytes, but 5") { _ = try IDX.decode(header(8, [2, 3]) + [0, 0, 0, 0, 0], name: "short") }
    expectDataError("more bytes than any file has") {
      _ = try IDX.decode(header(14, [.max, .max, .max]), name: "overflow")
    }
    // Nothing, but of extents that no memory holds: zero comes first or last.
    for extents in [[0, .max, .max], [.max, .max, 0], [0, .max, .max, .max, .max]] as [[UInt32]] {
      expectDataError("more bytes than any file has") { _ = try IDX.decode(header(8, extents), name: "zero") }
    }
    expectDataError("7 axes, not 1 to 6") { _ = try IDX.decode(header(8, [1, 1, 1, 1, 1, 1, 1]) + [0], name: "7") }
    // 2^32 · 2^32 wraps to 0 in 64 bits.
    expectDataError("more bytes than any file has") {
      _ = try IDX.decode(header(8, [1 << 31, 1 << 31, 4]), name: "wrap")
    }
  }
}
