#if !canImport(CTypesetting)
  import HebbArrays

  /// In a binary without the libraries of fonts, as a static one is, no face can be opened, so that none is ever drawn with.
  final class ShapingFont: Sendable {
    private let never: Never

    init(_ path: String, index: Int) throws(DataError) { throw ShapingFont.refusal(of: path) }

    static func faceCount(of path: String) throws(DataError) -> Int { throw refusal(of: path) }

    private static func refusal(of path: String) -> DataError {
      DataError(path, "this hebb was built without fonts", advice: "use one that is not static (make build)")
    }

    var unitsPerEm: Int { switch never {} }
    var characters: CharacterCoverage { switch never {} }
    func glyph(of scalar: Unicode.Scalar) -> UInt32 { switch never {} }
    func shaped(_ scalars: ArraySlice<Unicode.Scalar>, isVertical: Bool, ligatures: Bool) -> [ShapedGlyph] {
      switch never {}
    }
  }

  final class GlyphPen: Sendable {
    private let font: ShapingFont

    init(_ font: ShapingFont) throws(DataError) { self.font = font }

    var family: String? { nil }
    var style: String? { nil }
    func height(of glyph: UInt32) -> Float? { nil }
    func draw(
      _ glyph: UInt32, _ manner: GlyphManner, x: Float, y: Float, turn: Float, on canvas: inout InkCanvas
    ) -> InkBox? { nil }
  }
#endif
