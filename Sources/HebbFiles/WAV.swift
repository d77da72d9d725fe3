import HebbArrays
import HebbData

/// The WAV format: sound as plain numbers, in chunks after a RIFF header.
///
///     "RIFF" size "WAVE", then chunks: name, size, bytes, and a zero byte after an odd size
///     "fmt "   format, channels, rate, bytes a second, bytes a frame, bits a sample
///     "data"   frames of one sample a channel, little-endian
///
/// Read are whole numbers of 8 (unsigned), 16, 24 and 32 bits and floats of 32 bits, with the extensible header too. Several
/// channels become one, their mean. Other chunks are passed over. A size of 0xFFFFFFFF, which programs write that do not know how
/// much is to come, means the rest of the file.
///
/// - Source: IBM and Microsoft 1991, "Multimedia programming interface and data specifications 1.0"; Microsoft 2007,
///   "Multiple channel audio data and WAVE files".
public enum WAV {
  /// The most bytes of a file.
  public static let limit = 1 << 28

  /// Reads a file.
  public static func read(_ path: String) throws(DataError) -> Sound {
    try decode(InputFile.bytes(of: path, limit: limit), name: path)
  }

  /// Reads the bytes of a file.
  ///
  /// - Parameter name: what errors call it.
  public static func decode(_ bytes: [UInt8], name: String) throws(DataError) -> Sound {
    guard bytes.starts(with: Array("RIFF".utf8)), bytes.count >= 12, bytes[8..<12].elementsEqual("WAVE".utf8) else {
      throw DataError(name, at: "byte 0", "it does not begin as a WAV file", advice: "save it as WAV")
    }
    var format: WAVFormat?
    var place = 12
    while place + 8 <= bytes.count {
      let promised = bytes.number(at: place + 4, width: 4)
      let start = place + 8
      let isData = bytes[place..<place + 4].elementsEqual("data".utf8)
      let size = isData && promised == 0xFFFF_FFFF ? bytes.count - start : promised
      guard size <= bytes.count - start else {
        throw DataError(
          name, at: "byte \(place)", "a chunk of \(size) bytes begins, and \(bytes.count - start) follow",
          advice: "the file is damaged or cut short: save it again")
      }
      if bytes[place..<place + 4].elementsEqual("fmt ".utf8) {
        format = try WAVFormat(bytes[start..<start + size], name: name)
      }
      if isData {
        guard let format else {
          throw DataError(
            name, at: "byte \(place)", "samples come before their format", advice: "the file is damaged: save it again")
        }
        return try format.sound(bytes[start..<start + size], name: name)
      }
      place = start + size + size % 2
    }
    throw DataError(
      name, at: "byte \(min(place, bytes.count))", "it ends before any samples",
      advice: "the file is damaged or cut short: save it again")
  }

  /// The bytes of a file of 16 bits a sample; what lies outside of −1…1 is cut.
  public static func encode(_ sound: Sound) -> [UInt8] {
    func number(_ value: Int, _ width: Int) -> [UInt8] { (0..<width).map { UInt8(value >> (8 * $0) & 255) } }
    let size = 2 * sound.samples.count
    var bytes = Array("RIFF".utf8) + number(36 + size, 4) + Array("WAVEfmt ".utf8) + number(16, 4)
    bytes += number(1, 2) + number(1, 2) + number(sound.rate, 4) + number(2 * sound.rate, 4) + number(2, 2)
    bytes += number(16, 2) + Array("data".utf8) + number(size, 4)
    bytes.reserveCapacity(44 + size)
    for sample in sound.samples {
      let value = Int16(max(-32768, min(32767, (sample * 32768).rounded())))
      bytes += number(Int(UInt16(bitPattern: value)), 2)
    }
    return bytes
  }

  /// Writes a file of 16 bits a sample, whole or not at all.
  public static func write(_ sound: Sound, to path: String) throws(DataError) {
    try AtomicFile.write(encode(sound), to: path)
  }
}

/// What the numbers of a WAV file are.
struct WAVFormat {
  let channels: Int
  let rate: Int
  let bits: Int
  let isFloat: Bool

  init(_ chunk: ArraySlice<UInt8>, name: String) throws(DataError) {
    func refuse(_ problem: String, _ advice: String = "save it as 16-bit PCM") -> DataError {
      DataError(name, at: "byte \(chunk.startIndex)", problem, advice: advice)
    }
    let bytes = Array(chunk)
    guard bytes.count >= 16 else { throw refuse("the format has \(bytes.count) bytes, not 16 or more") }
    var format = bytes.number(at: 0, width: 2)
    (channels, rate) = (bytes.number(at: 2, width: 2), bytes.number(at: 4, width: 4))
    bits = bytes.number(at: 14, width: 2)
    let frame = bytes.number(at: 12, width: 2)
    if format == 0xFFFE {
      let common: [UInt8] = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71]
      guard bytes.count >= 40, Array(bytes[26..<40]) == common else {
        throw refuse("its extensible format is none of PCM or float")
      }
      format = bytes.number(at: 24, width: 2)
    }
    isFloat = format == 3
    guard format == 1 ? [8, 16, 24, 32].contains(bits) : isFloat && bits == 32 else {
      throw refuse("the format \(format) of \(bits) bits is not read")
    }
    guard (1...32).contains(channels) else { throw refuse("it has \(channels) channels, not 1 to 32") }
    guard (1000...768_000).contains(rate) else {
      throw refuse("it has \(rate) samples a second, not 1000 to 768000")
    }
    guard frame == channels * bits / 8 else {
      throw refuse("a frame of \(channels) × \(bits) bits does not have \(frame) bytes", "the file is damaged")
    }
  }

  /// The samples, all channels in one.
  func sound(_ data: ArraySlice<UInt8>, name: String) throws(DataError) -> Sound {
    let width = bits / 8
    guard !data.isEmpty, data.count % (width * channels) == 0 else {
      throw DataError(
        name, at: "byte \(data.startIndex)",
        data.isEmpty
          ? "it has no samples" : "\(data.count) bytes of samples are no whole frames of \(width * channels)",
        advice: data.isEmpty ? "record something" : "the file is damaged or cut short: save it again")
    }
    let count = data.count / (width * channels)
    let samples = data.withUnsafeBufferPointer { bytes in
      (0..<count).map { frame -> Float in
        var sum: Float = 0
        for channel in 0..<channels { sum += sample(bytes, (frame * channels + channel) * width) }
        return channels == 1 ? sum : sum / Float(channels)
      }
    }
    if let bad = samples.firstIndex(where: { !$0.isFinite }) {
      throw DataError(
        name, at: "sample \(bad)", "it is infinite or NaN", advice: "the file is damaged: save it again")
    }
    return Sound(samples, rate: rate)
  }

  private func sample(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) -> Float {
    if bits == 8 { return (Float(bytes[place]) - 128) / 128 }
    var pattern: UInt32 = 0
    for k in 0..<bits / 8 { pattern |= UInt32(bytes[place + k]) << UInt32(32 - bits + 8 * k) }
    return isFloat ? Float(bitPattern: pattern) : Float(Int32(bitPattern: pattern)) * 0x1p-31
  }
}

extension [UInt8] {
  /// A little-endian number.
  fileprivate func number(at place: Int, width: Int) -> Int {
    (0..<width).reduce(0) { $0 | Int(self[place + $1]) << (8 * $1) }
  }
}
