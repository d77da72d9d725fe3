#if canImport(CTypesetting)
  import CTypesetting
  import HebbArrays

  /// A face as FreeType sees it, with a size: for one thread at a time.
  final class GlyphPen: @unchecked Sendable {
    private let font: ShapingFont  // holds the bytes that FreeType reads
    private let library: FT_Library
    private let face: FT_Face
    private var size = 0

    init(_ font: ShapingFont) throws(DataError) {
      var library: FT_Library?
      var face: FT_Face?
      let bytes = font.bytes
      guard FT_Init_FreeType(&library) == 0, let library else {
        throw DataError(font.path, "FreeType does not start", advice: "install libfreetype6 again")
      }
      guard FT_New_Memory_Face(library, bytes.baseAddress, bytes.count, font.index, &face) == 0, let face,
        face.pointee.face_flags & Int(FT_FACE_FLAG_SCALABLE) != 0, face.pointee.units_per_EM > 0
      else {
        FT_Done_FreeType(library)  // takes its faces along
        throw DataError(
          font.path, "FreeType finds no outlines in its face \(font.index)",
          advice: "use a font with outlines, or install it again")
      }
      self.font = font
      self.library = library
      self.face = face
    }

    deinit { FT_Done_FreeType(library) }

    /// The name of all weights of a design together, where the font has one.
    var family: String? { face.pointee.family_name.map { String(cString: $0) } }
    var style: String? { face.pointee.style_name.map { String(cString: $0) } }

    /// How far a glyph reaches above the baseline, in parts of the size; `nil` where it does not.
    func height(of glyph: UInt32) -> Float? {
      guard FT_Load_Glyph(face, glyph, Int32(FT_LOAD_NO_SCALE | FT_LOAD_NO_BITMAP)) == 0,
        let slot = face.pointee.glyph, slot.pointee.format == FT_GLYPH_FORMAT_OUTLINE
      else { return nil }
      var box = FT_BBox()
      FT_Outline_Get_CBox(&slot.pointee.outline, &box)
      return box.yMax > 0 ? Float(box.yMax) / Float(face.pointee.units_per_EM) : nil
    }

    /// Draws a glyph onto `canvas` with its origin at (`x`, `y`), in pixels from the top left corner. What falls outside of
    /// the canvas is not drawn.
    ///
    /// - Parameter turn: about its origin, counter-clockwise, in degrees.
    /// - Returns: the box of its ink; `nil` where it has none.
    func draw(
      _ glyph: UInt32, _ manner: GlyphManner, x: Float, y: Float, turn: Float, on canvas: inout InkCanvas
    ) -> InkBox? {
      guard let outline = outline(of: glyph, manner) else { return nil }
      if turn != 0 {
        let angle = Double(turn) * Double.pi / 180
        let cos = Int((Mathematics.cos(angle) * 0x10000).rounded())
        let sin = Int((Mathematics.sin(angle) * 0x10000).rounded())
        var matrix = FT_Matrix(xx: cos, xy: -sin, yx: sin, yy: cos)
        FT_Outline_Transform(outline, &matrix)
      }
      // FreeType's y goes up from the canvas' bottom.
      FT_Outline_Translate(outline, Self.fixed(x), Self.fixed(Float(canvas.height) - y))
      var box = FT_BBox()
      FT_Outline_Get_CBox(outline, &box)
      guard box.xMax > box.xMin, box.yMax > box.yMin else { return nil }
      canvas.withBitmap { bitmap in _ = FT_Outline_Get_Bitmap(library, outline, bitmap) }
      return InkBox(
        left: Float(box.xMin) / 64, top: Float(canvas.height) - Float(box.yMax) / 64, right: Float(box.xMax) / 64,
        bottom: Float(canvas.height) - Float(box.yMin) / 64)
    }

    private func outline(of glyph: UInt32, _ manner: GlyphManner) -> UnsafeMutablePointer<FT_Outline>? {
      if size != manner.size {
        guard FT_Set_Char_Size(face, 0, manner.size, 72, 72) == 0 else { return nil }
        size = manner.size
      }
      // FT_LOAD_TARGET_LIGHT is a macro with an argument: the mode in bits 16 to 19.
      let hinting = manner.isHinted ? Int32(FT_RENDER_MODE_LIGHT.rawValue) << 16 : Int32(FT_LOAD_NO_HINTING)
      guard FT_Load_Glyph(face, glyph, Int32(FT_LOAD_NO_BITMAP) | hinting) == 0,
        let slot = face.pointee.glyph, slot.pointee.format == FT_GLYPH_FORMAT_OUTLINE,
        let outline = slot.pointer(to: \.outline)
      else { return nil }
      if manner.boldness != 0 {
        let strength = Self.fixed(manner.boldness)
        FT_Outline_Embolden(outline, strength)
        FT_Outline_Translate(outline, -strength / 2, -strength / 2)
      }
      if manner.slant != 0 || manner.stretch != 1 {
        var matrix = FT_Matrix(
          xx: Int(manner.stretch * 0x10000), xy: Int(manner.slant * 0x10000), yx: 0, yy: 0x10000)
        FT_Outline_Transform(outline, &matrix)
      }
      return outline
    }

    private static func fixed(_ x: Float) -> Int { Int((x * 64).rounded()) }
  }

  extension InkCanvas {
    /// Calls `body` with the canvas as a bitmap of FreeType's.
    fileprivate mutating func withBitmap(_ body: (UnsafePointer<FT_Bitmap>) -> Void) {
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
#endif
