import HebbArrays
import Synchronization

/// One face of a font file, shaped by HarfBuzz and drawn by FreeType from its outlines. It may be used by many threads.
public final class Typeface: Sendable {
  public let path: String
  /// Which face of a collection (`.ttc`) this is.
  public let index: Int
  /// "DejaVu Sans"
  public let family: String
  /// "Bold Oblique"
  public let style: String
  /// The characters that it can draw.
  public let characters: CharacterCoverage
  /// How high "x" and "H" are, in parts of the size.
  public let xHeight: Float
  public let capHeight: Float

  let font: ShapingFont
  private let idlePens = Mutex<[GlyphPen]>([])

  /// Opens a face.
  ///
  /// - Throws: `DataError` where the file cannot be read, is no OpenType or TrueType font, has no such face or no outlines.
  public init(_ path: String, index: Int = 0) throws(DataError) {
    let font = try ShapingFont(path, index: index)
    let pen = try GlyphPen(font)
    self.path = path
    self.index = index
    self.font = font
    family = pen.family ?? "unnamed"
    style = pen.style ?? "Regular"
    characters = font.characters
    xHeight = min(pen.height(of: font.glyph(of: "x")) ?? 0.5, 1)
    capHeight = min(pen.height(of: font.glyph(of: "H")) ?? 0.7, 1)
    idlePens.withLock { $0.append(pen) }
  }

  /// How many faces a font file has.
  public static func count(in path: String) throws(DataError) -> Int { try ShapingFont.faceCount(of: path) }

  /// Calls `body` with a pen that no other thread has.
  func withPen<R>(_ body: (GlyphPen) -> R) -> R {
    // A pen was opened once from the same bytes, so it opens again.
    guard let pen = idlePens.withLock({ $0.popLast() }) ?? (try? GlyphPen(font)) else {
      fatalError("\(path): FreeType has no memory for a face")
    }
    defer { idlePens.withLock { $0.append(pen) } }
    return body(pen)
  }
}

extension Typeface: CustomStringConvertible {
  public var description: String { "\(family) \(style)" }
}
