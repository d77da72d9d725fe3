import HebbArrays

/// How a camera was held, as it noted in a JPEG file: which of eight ways the stored pixels are turned and mirrored.
///
/// A note that is damaged, or none, means upright: the pixels are all there.
///
/// - Source: CIPA DC-008, "Exchangeable image file format", tag 0x0112.
struct ExifOrientation {
  /// Whether rows and columns change places, after which rows, then columns, may run backwards.
  private(set) var swapsAxes = false
  private(set) var flipsRows = false
  private(set) var flipsColumns = false

  /// The note in the bytes of a JPEG file.
  init(of bytes: [UInt8]) { self.init(number: ExifOrientation.number(in: bytes)) }

  /// One of the eight ways, 1 for upright.
  init(number: Int) {
    switch number {
    case 2: flipsColumns = true
    case 3: (flipsRows, flipsColumns) = (true, true)
    case 4: flipsRows = true
    case 5: swapsAxes = true
    case 6: (swapsAxes, flipsColumns) = (true, true)
    case 7: (swapsAxes, flipsRows, flipsColumns) = (true, true, true)
    case 8: (swapsAxes, flipsRows) = (true, true)
    default: break
    }
  }

  /// The picture `[height, width, channels]` upright.
  func applied(to picture: NDArray) -> NDArray {
    guard swapsAxes || flipsRows || flipsColumns else { return picture }
    let (oldHeight, oldWidth, channels) = (picture.shape[0], picture.shape[1], picture.shape[2])
    let (height, width) = swapsAxes ? (oldWidth, oldHeight) : (oldHeight, oldWidth)
    return picture.read { (pixels: UnsafeBufferPointer<UInt8>) in
      NDArray(shape: [height, width, channels]) { (out: UnsafeMutableBufferPointer<UInt8>) in
        for row in 0..<height {
          for column in 0..<width {
            let (y, x) = (flipsRows ? height - 1 - row : row, flipsColumns ? width - 1 - column : column)
            let place = swapsAxes ? x * oldWidth + y : y * oldWidth + x
            for c in 0..<channels { out[(row * width + column) * channels + c] = pixels[place * channels + c] }
          }
        }
      }
    }
  }

  /// The value of the tag in the first application segment that holds one; 1 where there is none.
  private static func number(in bytes: [UInt8]) -> Int {
    var place = 2
    // Segments begin with 0xFF, a kind, and a length that counts itself; the first scan ends them.
    while place + 4 <= bytes.count, bytes[place] == 0xFF, bytes[place + 1] != 0xDA {
      let length = Int(bytes[place + 2]) << 8 | Int(bytes[place + 3])
      guard length >= 2, place + 2 + length <= bytes.count else { return 1 }
      let content = bytes[place + 4..<place + 2 + length]
      if bytes[place + 1] == 0xE1, content.starts(with: Array("Exif".utf8) + [0, 0]) {
        return number(inDirectoryOf: Array(content.dropFirst(6)))
      }
      place += 2 + length
    }
    return 1
  }

  /// The value of the tag in the first directory of a TIFF header.
  private static func number(inDirectoryOf tiff: [UInt8]) -> Int {
    guard tiff.count >= 8 else { return 1 }
    let isLittle = tiff[0] == UInt8(ascii: "I")
    func whole(_ place: Int, _ count: Int) -> Int? {
      guard place >= 0, place + count <= tiff.count else { return nil }
      let part = tiff[place..<place + count]
      return (isLittle ? Array(part.reversed()) : Array(part)).reduce(0) { $0 << 8 | Int($1) }
    }
    guard let directory = whole(4, 4), let count = whole(directory, 2) else { return 1 }
    for entry in 0..<min(count, 1000) {
      guard let tag = whole(directory + 2 + 12 * entry, 2) else { return 1 }
      if tag == 0x0112 { return whole(directory + 10 + 12 * entry, 2) ?? 1 }
    }
    return 1
  }
}
