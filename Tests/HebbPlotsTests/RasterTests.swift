import HebbArrays
import HebbPlots
import Testing

@Suite struct RasterTests {
  private func pixel(_ picture: NDArray, _ x: Int, _ y: Int) -> [Double] {
    (0..<3).map { picture.element((y * picture.shape[1] + x) * 3 + $0) }
  }

  @Test func sizeFollowsTheScale() {
    let figure = Figure("t", width: 301, height: 200, panels: [Axes(series: [Series(y: [1, 2])])])
    #expect(figure.raster(scale: 1).shape == [200, 301, 3])
    #expect(figure.raster(scale: 2).shape == [400, 602, 3])
    #expect(figure.raster(scale: 1.5).shape == [300, 452, 3])
    #expect(figure.raster(scale: 1).dtype == .uint8)
  }

  @Test func rectanglesCoverPixelsByTheirShare() {
    var drawing = Drawing(width: 4, height: 4)
    drawing.rectangle(Rectangle(left: 1, top: 1, right: 2.5, bottom: 2), Color(0x000000))
    let picture = drawing.raster(scale: 1)
    #expect(pixel(picture, 1, 1) == [0, 0, 0])
    #expect(pixel(picture, 2, 1) == [128, 128, 128])
    #expect(pixel(picture, 3, 1) == [255, 255, 255])
    #expect(pixel(picture, 1, 2) == [255, 255, 255])
  }

  @Test func linesHaveTheirWidth() {
    var drawing = Drawing(width: 20, height: 20)
    drawing.line([Point(2, 10), Point(18, 10)], Color(0xFF0000), width: 4)
    let picture = drawing.raster(scale: 1)
    let column = (0..<20).map { pixel(picture, 10, $0)[1] }
    #expect(column.reduce(0) { $0 + (255 - $1) / 255 } == 4)
    #expect(pixel(picture, 10, 10) == [255, 0, 0])
  }

  @Test func marksOutsideAreCutOff() {
    var drawing = Drawing(width: 8, height: 8)
    drawing.line([Point(-50, 4), Point(500, 4)], .ink, width: 2)
    drawing.disk(Point(-3, -3), radius: 2, .ink)
    drawing.text("far away", at: Point(100, -100))
    drawing.rectangle(Rectangle(left: -5, top: -5, right: 50, bottom: 1), .ink)
    #expect(drawing.raster(scale: 1).shape == [8, 8, 3])
  }

  @Test func picturesKeepTheirPixels() {
    let source = NDArray([UInt8](0..<12), shape: [2, 2, 3])
    var drawing = Drawing(width: 4, height: 4)
    drawing.picture(source, in: Rectangle(left: 0, top: 0, right: 4, bottom: 4))
    let picture = drawing.raster(scale: 1)
    #expect(pixel(picture, 1, 1) == [0, 1, 2])
    #expect(pixel(picture, 2, 1) == [3, 4, 5])
    #expect(pixel(picture, 3, 3) == [9, 10, 11])
  }

  /// Every printable ASCII character has a glyph of its own, and only the space leaves no ink.
  @Test func theFontHoldsASCII() {
    var seen: [[UInt8]: Character] = [:]
    for code in UInt8(32)...126 {
      let character = Character(UnicodeScalar(code))
      var drawing = Drawing(width: 30, height: 40)
      drawing.text(String(character), at: Point(6, 28), size: 24)
      let pixels = drawing.raster(scale: 1).elements(as: UInt8.self)
      #expect(seen[pixels] == nil, "\(character) looks like \(seen[pixels] ?? " ")")
      seen[pixels] = character
      #expect(pixels.contains { $0 < 128 } == (character != " "))
    }
    #expect(StrokeFont.width(of: "0123456789", size: 10) == StrokeFont.width(of: "8888888888", size: 10))
  }
}
