import Hebb
import HebbFiles
import HebbOCR

/// A page as it was read: its lines framed, and their text kept in the file for programs that search pictures.
package enum PageOverlay {
  private static let colors: [(UInt8, UInt8, UInt8)] = [(214, 39, 40), (31, 119, 180), (44, 160, 44), (148, 103, 189)]

  /// - Parameter picture: `uint8` `[height, width, 1 or 3]`, the page that was read.
  package static func write(_ page: PageText, on picture: NDArray, to path: String) throws(DataError) {
    try AtomicFile.write(PNG.encode(framed(page, on: picture), text: page.text), to: path)
  }

  /// The page in pale, each block's lines framed in a colour of its own.
  private static func framed(_ page: PageText, on picture: NDArray) -> NDArray {
    var canvas = Picture.picture(picture, channels: 3)
    let (height, width) = (canvas.shape[0], canvas.shape[1])
    let thickness = max(1, min(height, width) / 600)
    canvas.mutate { (pixels: UnsafeMutableBufferPointer<UInt8>) in
      for i in pixels.indices { pixels[i] = UInt8((Int(pixels[i]) + 255) / 2) }
      for line in page.lines {
        let color = colors[line.block % colors.count]
        let corners = line.quadrilateral.corners
        for side in 0..<4 {
          let (a, b) = (corners[side], corners[(side + 1) % 4])
          let steps = max(1, Int(max(abs(b.x - a.x), abs(b.y - a.y)).rounded(.up)))
          for step in 0...steps {
            let share = Float(step) / Float(steps)
            let (x, y) = (Int(a.x + share * (b.x - a.x)), Int(a.y + share * (b.y - a.y)))
            for row in y..<y + thickness where row >= 0 && row < height {
              for column in x..<x + thickness where column >= 0 && column < width {
                let place = (row * width + column) * 3
                (pixels[place], pixels[place + 1], pixels[place + 2]) = color
              }
            }
          }
        }
      }
    }
    return canvas
  }
}
