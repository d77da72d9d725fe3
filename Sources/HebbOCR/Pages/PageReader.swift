import HebbArrays
import HebbFiles

/// Finds the lines of a page and reads them.
///
///     let reader = PageReader(try TextReader(file: "latin.safetensors"))
///     let page = reader.read(try Picture.read("page.png"))
///     print(page.text)
///
/// With several readers, such as one for Latin and one for Chinese print, each line is read by the one that is surest of it.
public struct PageReader: Sendable {
  /// The first is taken where several are equally sure.
  public let readers: [TextReader]
  /// Finds the lines; it asks the readers which way up a page is.
  public var finder: LineFinder
  /// How text is found in what networks give, and what is known of it.
  public var decoding: LineDecoding { didSet { decoders = PageReader.decoders(readers, decoding) } }
  /// What is known of texts, prepared for each reader.
  private var decoders: [LineDecoder]

  /// One reader or more, and what is known of texts.
  public init(_ readers: TextReader..., decoding: LineDecoding = LineDecoding()) {
    self.init(readers, decoding: decoding)
  }

  /// One reader or more, and what is known of texts.
  public init(_ readers: [TextReader], decoding: LineDecoding = LineDecoding()) {
    require(!readers.isEmpty, "a page needs a reader")
    (self.readers, self.decoding) = (readers, decoding)
    decoders = PageReader.decoders(readers, decoding)
    let unbound = PageReader.decoders(readers, LineDecoding())
    finder = LineFinder(orientationScore: { lines, isVertical in
      let found = PageReader.surest(
        readers, lines.map { LinePicture(picture: $0, isVertical: isVertical) }, unbound)
      return found.reduce(0) { $0 + $1.confidence } / Double(max(1, found.count))
    })
  }

  /// Finds and reads the lines of a page.
  ///
  /// - Parameter page: `uint8` `[height, width, 1 or 3]`.
  public func read(_ page: NDArray) -> PageText {
    let found = finder.lines(in: page)
    let pictures = found.lines.map {
      LinePicture(picture: $0.picture(of: page, margin: PageReader.margin), isVertical: $0.isVertical)
    }
    let readings = PageReader.surest(readers, pictures, decoders)
    let lines = zip(found.lines, zip(readings, pictures)).compactMap { line, read -> PageText.Line? in
      let (reading, picture) = read
      guard !reading.glyphs.isEmpty else { return nil }
      return PageText.Line(reading, of: line, length: picture.length, margin: PageReader.margin)
    }
    return PageText(
      height: found.height, width: found.width, quarterTurns: found.quarterTurns, angle: found.angle, lines: lines)
  }

  /// Reads a picture that is one line, without a search for lines.
  public func readLine(asPage picture: NDArray) -> PageText {
    let (height, width) = (picture.shape[0], picture.shape[1])
    let reading = PageReader.surest(readers, [LinePicture(picture: picture, isVertical: false)], decoders)[0]
    let lines = reading.glyphs.isEmpty ? [] : [PageText.Line(reading, height: height, width: width)]
    return PageText(height: height, width: width, quarterTurns: 0, angle: 0, lines: lines)
  }

  /// Reads pictures of one line each.
  public func readLines(_ pictures: [NDArray]) -> [LineReading] {
    PageReader.surest(readers, pictures.map { LinePicture(picture: $0, isVertical: false) }, decoders)
  }

  /// The margin around a line, in parts of its thickness.
  private static let margin: Float = 0.12

  private static func decoders(_ readers: [TextReader], _ decoding: LineDecoding) -> [LineDecoder] {
    readers.map { LineDecoder(decoding, $0.alphabet) }
  }

  private static func surest(
    _ readers: [TextReader], _ pictures: [LinePicture], _ decoders: [LineDecoder]
  ) -> [LineReading] {
    var best = readers[0].read(pictures, with: decoders[0])
    for (reader, decoder) in zip(readers, decoders).dropFirst() {
      for (index, reading) in reader.read(pictures, with: decoder).enumerated()
      where reading.confidence > best[index].confidence {
        best[index] = reading
      }
    }
    return best
  }
}
