import Foundation
import HebbArrays
import HebbTypesetting

/// Fonts of the distribution that tests draw with; tests are left out where one is not installed.
enum Fonts {
  static let sans = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
  static let mono = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf"
  static let chinese = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
  /// Has vertical metrics that are empty.
  static let zenHei = "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"

  static func has(_ paths: String...) -> Bool { paths.allSatisfy(FileManager.default.fileExists) }
}

/// Draws a text of its own, always the same way unless told otherwise.
func drawn(
  _ text: String, in typeface: Typeface, size: Float = 40, isVertical: Bool = false, damage: LineDamage = LineDamage(),
  margin: Float = 0, seed: UInt64 = 1
) throws -> RenderedLine? {
  var style = LineStyle.plain
  style.sizes = size...size
  style.margins = margin...margin
  style.hinted = 0
  let renderer = try LineRenderer(
    typefaces: [typeface], corpus: CharacterCorpus("H"), style: style, damage: damage)
  var random = Philox(seed: seed)
  return renderer.drawn(text, in: typeface, isVertical: isVertical, using: &random)
}

/// How dark a picture is at each pixel, from 0 (its paper) to 255, paper being its lightest grey.
func darkness(_ picture: NDArray) -> [Int] {
  let pixels = picture.elements(as: UInt8.self).map(Int.init)
  let paper = pixels.max() ?? 0
  return pixels.map { paper - $0 }
}

/// The height and width of the ink of a picture, and its middle in parts of the picture's.
func inkBox(_ picture: NDArray) -> (height: Int, width: Int, middleY: Double, middleX: Double) {
  let dark = darkness(picture)
  let width = picture.shape[1]
  let places = dark.indices.filter { dark[$0] > 100 }
  let (rows, columns) = (places.map { $0 / width }, places.map { $0 % width })
  guard let top = rows.min(), let bottom = rows.max(), let left = columns.min(), let right = columns.max() else {
    return (0, 0, 0, 0)
  }
  return (
    bottom - top + 1, right - left + 1, Double(top + bottom + 1) / 2 / Double(picture.shape[0]),
    Double(left + right + 1) / 2 / Double(width)
  )
}
