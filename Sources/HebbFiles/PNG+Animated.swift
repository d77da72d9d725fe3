import HebbArrays

extension PNG {
  /// The bytes of an animated PNG: pictures that are shown one after the other, over and over. Programs that do not know
  /// of animations show the first.
  ///
  /// - Parameter frames: `uint8` `[height, width, 1 or 3]`, all of one shape, and for how long each is shown.
  /// - Source: PNG specification, third edition, 11.3.4.
  public static func encode(frames: [(picture: NDArray, seconds: Double)]) -> [UInt8] {
    require(!frames.isEmpty, "an animation of no pictures")
    let shape = frames[0].picture.shape
    for frame in frames {
      require(frame.picture.shape == shape, "frames of \(shape) and \(frame.picture.shape) in one animation")
      require((0...60).contains(frame.seconds), "a frame of \(frame.seconds) s; it must be 0 to 60")
    }
    var bytes: [UInt8] = []
    var sequence: UInt32 = 0
    for (index, frame) in frames.enumerated() {
      var control = big(sequence) + big(UInt32(shape[1])) + big(UInt32(shape[0])) + big(UInt32(0)) + big(UInt32(0))
      control += big(UInt16((frame.seconds * 1_000).rounded())) + big(UInt16(1_000)) + [0, 0]
      sequence += 1
      let still = encode(frame.picture)
      if index == 0 {
        bytes +=
          still[..<headerEnd] + chunk("acTL", big(UInt32(frames.count)) + big(UInt32(0))) + chunk("fcTL", control)
      } else {
        bytes += chunk("fcTL", control)
      }
      for (name, content) in chunks(still[headerEnd...]) where name == "IDAT" {
        if index == 0 {
          bytes += chunk(name, content)
        } else {
          bytes += chunk("fdAT", big(sequence) + content)
          sequence += 1
        }
      }
    }
    return bytes + chunk("IEND", [])
  }

  /// The chunks of a file that was written here, by name.
  private static func chunks(_ bytes: ArraySlice<UInt8>) -> [(name: String, content: [UInt8])] {
    var found: [(String, [UInt8])] = []
    var rest = bytes
    while rest.count >= 12 {
      let count = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
      let body = rest.dropFirst(4)
      found.append((String(decoding: body.prefix(4), as: UTF8.self), Array(body.dropFirst(4).prefix(count))))
      rest = rest.dropFirst(12 + count)
    }
    return found
  }
}
