import HebbArrays
import HebbOCR
import Testing

@Suite struct VerticalLineTests {
  /// Characters as bars: where they lie in a square of 20 × 20, rows and columns.
  private enum Shape: CaseIterable {
    case block, two, three, one, commaAbove

    var bars: [(rows: Range<Int>, columns: Range<Int>)] {
      switch self {
      case .block: [(0..<20, 1..<19)]
      case .two: [(3..<5, 4..<16), (15..<18, 0..<20)]
      case .three: [(2..<4, 2..<18), (9..<11, 4..<16), (17..<19, 0..<20)]
      case .one: [(9..<11, 0..<20)]
      case .commaAbove: [(1..<5, 15..<18)]
      }
    }
  }

  /// A line of such characters, `pitch` rows apart, in a picture 24 wide with two columns of margin and as many rows at its ends
  /// as the ink of the first and the last leave.
  private func line(_ shapes: [Shape], pitch: Int, paper: UInt8 = 250, ink: UInt8 = 10) -> NDArray {
    let (width, height) = (24, shapes.count * pitch)
    var pixels = [UInt8](repeating: paper, count: width * height)
    for (index, shape) in shapes.enumerated() {
      for (rows, columns) in shape.bars {
        for row in rows {
          for column in columns {
            pixels[(index * pitch + (pitch - 20) / 2 + row) * width + 2 + column] = ink
          }
        }
      }
    }
    return NDArray(pixels, shape: [height, width, 1])
  }

  @Test(arguments: [21, 22, 24, 27], [(250, 10), (20, 240)] as [(UInt8, UInt8)])
  func eachCharacterComesIntoACellOfItsOwn(_ pitch: Int, _ colours: (paper: UInt8, ink: UInt8)) {
    let shapes: [Shape] = [
      .block, .two, .block, .commaAbove, .block, .three, .one, .block, .block, .block, .one, .block,
    ]
    let line = VerticalLine(self.line(shapes, pitch: pitch, paper: colours.paper, ink: colours.ink))
    #expect(line.cellCount == shapes.count)
    let (height, width) = (line.laidOut.shape[0], line.laidOut.shape[1] / line.cellCount)
    #expect((24...28).contains(height) && (20...24).contains(width))
    for (index, shape) in shapes.enumerated().prefix(line.cellCount) {
      var rows: [Int] = []
      for row in 0..<height {
        for column in 0..<width {
          let value = line.laidOut.element(row * line.laidOut.shape[1] + index * width + column)
          if value == Double(colours.ink) { rows.append(row) }
        }
      }
      let expected = shape.bars.reduce(0) { $0 + $1.rows.count * $1.columns.count }
      #expect(rows.count == expected, "\(shape) has \(rows.count) of \(expected) pixels")
      // Where it lies in its square is kept, up to where the cut between two lies.
      let first = (height - 20) / 2 + (shape.bars.map(\.rows.lowerBound).min() ?? 0)
      #expect(abs((rows.first ?? -9) - first) <= 4, "\(shape) begins at \(rows.first ?? -9), not \(first)")
    }
  }

  /// Whatever the margins beside the column are: all of its ink comes along.
  @Test(arguments: [(1, 9), (9, 1), (4, 4)])
  func charactersAreInTheMiddleOfTheirCells(_ margins: (left: Int, right: Int)) {
    let (shapes, width) = ([Shape.block, .two, .block, .three, .one], 20 + margins.left + margins.right)
    var pixels = [UInt8](repeating: 250, count: width * 24 * shapes.count)
    for (index, shape) in shapes.enumerated() {
      for (rows, columns) in shape.bars {
        for row in rows {
          for column in columns { pixels[(index * 24 + 2 + row) * width + margins.left + column] = 10 }
        }
      }
    }
    let line = VerticalLine(NDArray(pixels, shape: [24 * shapes.count, width, 1]))
    let ink = shapes.flatMap(\.bars).reduce(0) { $0 + $1.rows.count * $1.columns.count }
    #expect(line.laidOut.elements(as: UInt8.self).count { $0 == 10 } == ink)
  }

  @Test func columnsLeadBackToRows() {
    let line = VerticalLine(self.line([.block, .block, .three, .block], pitch: 26))
    for cell in 0..<4 {
      #expect(
        abs(line.row(ofColumn: (Double(cell) + 0.5) * Double(line.laidOut.shape[1]) / 4) - Double(cell) * 26 - 13) <= 3)
    }
    #expect(line.row(ofColumn: 0) < line.row(ofColumn: 40))
  }

  @Test(arguments: [[1, 1], [1, 300], [300, 1], [5000, 2], [40, 40]])
  func picturesWithoutInkOrOfOddSizesDoNoHarm(_ size: [Int]) {
    let blank = VerticalLine(NDArray.full([size[0], size[1], 1], 255, dtype: .uint8))
    #expect(blank.cellCount >= 1 && blank.laidOut.count > 0)
    var random = Philox(seed: 1)
    let noise = NDArray.uniform([size[0], size[1], 3], in: 0...255, using: &random).cast(to: .uint8)
    let line = VerticalLine(noise)
    #expect(line.cellCount >= 1 && line.laidOut.shape[1] % line.cellCount == 0)
    #expect(line.row(ofColumn: 0).isFinite && line.row(ofColumn: 1e6).isFinite)
  }
}
