import Foundation
import HebbArrays
import HebbPlots
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Counts elements and collects texts of an SVG file with a parser that is not ours.
final class SVGReader: NSObject, XMLParserDelegate {
  private(set) var counts: [String: Int] = [:]
  private(set) var texts: [String] = []
  private(set) var isWellFormed = false
  private var text = ""

  init(_ svg: String) {
    super.init()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = self
    isWellFormed = parser.parse()
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    counts[name, default: 0] += 1
    text = ""
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    if name == "text" { texts.append(text) }
  }
}

@Suite struct SVGTests {
  @Test func textIsEscaped() {
    let title = "a < b & \"c\" > 'd'\u{1}"
    let figure = Figure(title, panels: [Axes("<&>", x: Axis("x & y"), series: [Series("\"<s>\"", y: [1, 2])])])
    let reader = SVGReader(figure.svg())
    #expect(reader.isWellFormed)
    for text in ["a < b & \"c\" > 'd'?", "<&>", "x & y", "\"<s>\""] { #expect(reader.texts.contains(text)) }
  }

  @Test func missingNumbersLeaveGaps() {
    func lines(_ y: [Double], _ scale: Axis.Scale = .linear) -> Int {
      let axes = Axes(y: Axis(scale: scale), series: [Series(y: y, color: Color(0x123456))])
      return Figure(panels: [axes]).svg().components(separatedBy: "<polyline").count { $0.contains("#123456") }
    }
    #expect(lines([1, 2, 3, 4, 5]) == 1)
    #expect(lines([1, 2, .nan, 4, 5]) == 2)
    #expect(lines([.nan, 1, 2, .infinity, 4, 5, -.infinity, 7, 8]) == 3)
    #expect(lines([1, 2, 0, 4, 5], .logarithmic) == 2)
    #expect(lines([.nan, .nan]) == 0)
  }

  @Test func everyReadyMadeFigureIsWellFormed() {
    let figures: [Figure] = [
      .learningCurves("t", trainingLoss: [3, 2, 1], validationLoss: [3, .nan], overfittingEpoch: 2),
      .learningCurves(trainingLoss: [], trainingMetric: [0.5], learningRate: [1e-3]),
      .confusion(matrix: [[5, 1], [0, 7]], classNames: ["cat & dog", "漢字"]),
      .confusion(matrix: [], classNames: []),
      .gradientFlow(configurations: [("a", [1e-20, 1, 1e20]), ("b", []), ("c", [0, .nan])]),
      .bars(names: ["a", "b"], series: [("x", [1, -2]), ("y", [.nan, 3])]),
      .contactSheet(images: .full([3, 4, 5, 3], 0.5), captions: ["a", "b", "c"]),
      .contactSheet(images: .zeros([0, 4, 4, 1], dtype: .uint8)),
      Figure(panels: []),
      Figure(panels: [Axes(series: [Series(y: [1e308, -1e308, 5])])]),
      Figure(panels: [HeatMap(values: [[1, 2], [.nan, .infinity]])]),
    ]
    for figure in figures {
      #expect(SVGReader(figure.svg()).isWellFormed)
      #expect(figure.raster(scale: 0.5).shape[2] == 3)
    }
  }

  @Test func confusionMatrixShowsItsCounts() {
    let reader = SVGReader(Figure.confusion(matrix: [[50, 1], [0, 70]], classNames: ["no", "yes"]).svg())
    #expect(reader.texts.filter { ["50", "1", "0", "70"].contains($0) } == ["50", "1", "70"])
    #expect(reader.texts.filter { $0 == "yes" }.count == 2)
  }

  @Test func embeddedPicturesAreFiles() throws {
    let picture = NDArray((0..<2 * 3 * 3).map { UInt8($0) }, shape: [2, 3, 3])
    var drawing = Drawing(width: 10, height: 10)
    drawing.picture(picture, in: Rectangle(left: 0, top: 0, right: 10, bottom: 10))
    let code = try #require(drawing.svg().components(separatedBy: "base64,").last?.components(separatedBy: "\"").first)
    // Written by Python's zlib and base64, at compression level 0.
    let (head, tail) = (
      "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAH0lEQVR4AQEUAOv/AAABAgMEBQYHCAAJCgsM",
      "DQ4PEBEEAQCaIYb2TAAAAABJRU5ErkJggg=="
    )
    #expect(code == head + tail)
  }
}
