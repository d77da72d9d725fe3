import CTypesetting
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
  /// How far letters reach above and below the baseline, and how high "x" and "H" are, in parts of the size; `descent` is
  /// positive.
  public let metrics: Metrics

  public struct Metrics: Sendable, Hashable {
    public let ascent: Float
    public let descent: Float
    public let xHeight: Float
    public let capHeight: Float
  }

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
    characters = CharacterCoverage(of: font.face)
    let units = Float(font.unitsPerEm)
    func height(_ scalar: Unicode.Scalar, otherwise: Float) -> Float {
      guard let box = pen.box(of: font.glyph(of: scalar)) else { return otherwise }
      return box.yMax > 0 ? Float(box.yMax) / units : otherwise
    }
    metrics = Metrics(
      ascent: pen.ascent, descent: pen.descent, xHeight: height("x", otherwise: 0.5),
      capHeight: height("H", otherwise: 0.7))
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
