import CTypesetting

/// Where ink lies, in pixels from a canvas' top left corner.
struct InkBox {
  var left: Float
  var top: Float
  var right: Float
  var bottom: Float

  mutating func formUnion(_ other: InkBox) {
    left = min(left, other.left)
    top = min(top, other.top)
    right = max(right, other.right)
    bottom = max(bottom, other.bottom)
  }
}

/// How much of each pixel is covered by ink, 0 to 255, row by row.
struct InkCanvas {
  let height: Int
  let width: Int
  var coverage: [UInt8]

  init(height: Int, width: Int) {
    self.height = height
    self.width = width
    coverage = [UInt8](repeating: 0, count: height * width)
  }

  /// Calls `body` with the canvas as a bitmap of FreeType's.
  mutating func withBitmap(_ body: (UnsafePointer<FT_Bitmap>) -> Void) {
    let (rows, columns) = (UInt32(height), UInt32(width))
    coverage.withUnsafeMutableBufferPointer { pixels in
      var bitmap = FT_Bitmap()
      bitmap.rows = rows
      bitmap.width = columns
      bitmap.pitch = Int32(columns)
      bitmap.buffer = pixels.baseAddress
      bitmap.num_grays = 256
      bitmap.pixel_mode = UInt8(FT_PIXEL_MODE_GRAY.rawValue)
      body(&bitmap)
    }
  }
}

extension InkCanvas {
  /// Covers a rectangle; pixels at its border as much as it covers of them.
  mutating func fill(left: Float, top: Float, right: Float, bottom: Float) {
    let (left, top) = (max(left, 0), max(top, 0))
    let (right, bottom) = (min(right, Float(width)), min(bottom, Float(height)))
    guard left < right, top < bottom else { return }
    for y in Int(top)..<Int(bottom.rounded(.up)) {
      let rowShare = min(Float(y + 1), bottom) - max(Float(y), top)
      for x in Int(left)..<Int(right.rounded(.up)) {
        let share = rowShare * (min(Float(x + 1), right) - max(Float(x), left))
        coverage[y * width + x] = max(coverage[y * width + x], UInt8(min(share * 255 + 0.5, 255)))
      }
    }
  }
}
