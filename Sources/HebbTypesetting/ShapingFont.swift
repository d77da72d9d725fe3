#if canImport(CTypesetting)
  import CTypesetting
  import HebbArrays

  /// A face as HarfBuzz sees it, in the font's own units. HarfBuzz does not change it any more, so threads may share it.
  final class ShapingFont: @unchecked Sendable {
    let path: String
    let index: Int
    let unitsPerEm: Int
    private let face: OpaquePointer
    private let blob: OpaquePointer
    private let font: OpaquePointer

    init(_ path: String, index: Int) throws(DataError) {
      let blob = try ShapingFont.blob(of: path)
      let count = Int(hb_face_count(blob))
      guard count > 0, index >= 0, index < count, let face = hb_face_create(blob, UInt32(index)) else {
        hb_blob_destroy(blob)
        throw count == 0
          ? DataError(path, "it is no OpenType or TrueType font", advice: "name a .ttf, .otf or .ttc file")
          : DataError(path, "it has no face \(index)", advice: "name a face from 0 to \(count - 1)")
      }
      let unitsPerEm = Int(hb_face_get_upem(face))
      guard hb_face_get_glyph_count(face) > 0, unitsPerEm > 0, let font = hb_font_create(face) else {
        hb_face_destroy(face)
        hb_blob_destroy(blob)
        throw DataError(path, "its face \(index) has no glyphs", advice: "the font is damaged: install it again")
      }
      hb_font_set_scale(font, Int32(unitsPerEm), Int32(unitsPerEm))
      hb_font_make_immutable(font)
      self.path = path
      self.index = index
      self.face = face
      self.unitsPerEm = unitsPerEm
      self.blob = blob
      self.font = font
    }

    deinit {
      hb_font_destroy(font)
      hb_face_destroy(face)
      hb_blob_destroy(blob)
    }

    /// The bytes of the file, mapped into memory, as long as this font lives.
    var bytes: UnsafeBufferPointer<UInt8> {
      var count: UInt32 = 0
      let start = hb_blob_get_data(blob, &count)
      return UnsafeBufferPointer(
        start: UnsafeRawPointer(start)?.assumingMemoryBound(to: UInt8.self), count: Int(count))
    }

    /// The characters that the face can draw.
    var characters: CharacterCoverage {
      var characters = CharacterCoverage([])
      guard let set = hb_set_create() else { return characters }
      defer { hb_set_destroy(set) }
      hb_face_collect_unicodes(face, set)
      var point: hb_codepoint_t = UInt32.max  // HB_SET_VALUE_INVALID asks for the first
      while hb_set_next(set, &point) != 0 { characters.insert(point) }
      return characters
    }

    static func faceCount(of path: String) throws(DataError) -> Int {
      let blob = try blob(of: path)
      defer { hb_blob_destroy(blob) }
      return Int(hb_face_count(blob))
    }

    private static func blob(of path: String) throws(DataError) -> OpaquePointer {
      let size = try InputFile(path).byteCount  // a regular file that can be read
      guard size > 0, size < 1 << 30, let blob = hb_blob_create_from_file_or_fail(path) else {
        throw DataError(path, "it has \(size) bytes, which is no font", advice: "name a .ttf, .otf or .ttc file")
      }
      return blob
    }

    /// The glyph of a character by itself; 0 where there is none.
    func glyph(of scalar: Unicode.Scalar) -> UInt32 {
      var glyph: hb_codepoint_t = 0
      return hb_font_get_nominal_glyph(font, scalar.value, &glyph) != 0 ? glyph : 0
    }

    /// The glyphs of a text in the order in which they are drawn: kerned, with marks in place, upright in vertical forms where
    /// the line goes down.
    ///
    /// - Parameter ligatures: off where letters are set apart.
    func shaped(_ scalars: ArraySlice<Unicode.Scalar>, isVertical: Bool, ligatures: Bool) -> [ShapedGlyph] {
      guard let buffer = hb_buffer_create() else { return [] }
      defer { hb_buffer_destroy(buffer) }
      for (place, scalar) in zip(scalars.indices, scalars) { hb_buffer_add(buffer, scalar.value, UInt32(place)) }
      hb_buffer_set_content_type(buffer, HB_BUFFER_CONTENT_TYPE_UNICODE)
      hb_buffer_guess_segment_properties(buffer)
      hb_buffer_set_direction(buffer, isVertical ? HB_DIRECTION_TTB : HB_DIRECTION_LTR)
      // Not the machine's language: some fonts draw characters differently in each.
      hb_buffer_set_language(buffer, hb_language_from_string("zh-Hans", -1))
      var off = [Self.feature("liga"), Self.feature("clig")]
      hb_shape(font, buffer, &off, ligatures ? 0 : UInt32(off.count))
      var count: UInt32 = 0
      guard let glyphs = hb_buffer_get_glyph_infos(buffer, &count),
        let places = hb_buffer_get_glyph_positions(buffer, &count)
      else { return [] }
      return (0..<Int(count)).map { i in
        let cluster = Int(glyphs[i].cluster)
        guard isVertical else {
          return ShapedGlyph(
            glyph: glyphs[i].codepoint, cluster: cluster, advance: places[i].x_advance, offsetX: places[i].x_offset,
            offsetY: places[i].y_offset)
        }
        // Several Chinese fonts have vertical metrics that are empty or wrong. The square of a character is the same in all of
        // them: as wide and as high as the size, 0.88 of it above the baseline.
        let width = hb_font_get_glyph_h_advance(font, glyphs[i].codepoint)
        let units = Int32(unitsPerEm)
        return ShapedGlyph(
          glyph: glyphs[i].codepoint, cluster: cluster, advance: scalars[cluster] == " " ? units / 2 : units,
          offsetX: -width / 2, offsetY: -units * 22 / 25)
      }
    }

    private static func feature(_ tag: String) -> hb_feature_t {
      hb_feature_t(tag: hb_tag_from_string(tag, -1), value: 0, start: 0, end: UInt32.max)
    }
  }
#endif
