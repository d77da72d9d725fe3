import Foundation
import HebbArrays
import HebbFiles
import HebbRecipes
import Testing

/// Drawings on any paper, in any light, come to the network as those of the data set are.
@Suite struct DrawnInkTests {
  /// The brightness of the paper by place, and of the ink.
  enum Paper: String, CaseIterable, CustomTestStringConvertible {
    case black, white, grey, grainy, lit, shaded, board

    var testDescription: String { rawValue }
    var ink: Double { [.black: 255, .board: 210][self] ?? 45 }

    func light(_ row: Double, _ column: Double, grain: Double) -> Double {
      switch self {
      case .black: 0
      case .white: 255
      case .grey: 180
      case .grainy: 180 + 25 * (grain - 0.5)
      case .lit: 235 - 60 * column - 40 * row + 10 * grain
      case .shaded: (column > 0.6 ? 130 : 215) + 10 * grain
      case .board: 70 + 12 * grain
      }
    }
  }

  /// A ring that stands low and to the right.
  private static func ring(on paper: Paper, height: Int = 180, width: Int = 240) -> NDArray {
    var random = Philox(seed: 5)
    let pixels = (0..<height * width).map { place -> UInt8 in
      let (row, column) = (Double(place / width), Double(place % width))
      let (down, right) = ((row - 105) / 50, (column - 150) / 35)
      let radius = (down * down + right * right).squareRoot()
      let grain = Double(random.next() >> 40) / Double(1 << 24)
      let isInk = radius < 1 && radius > 0.7
      return UInt8(isInk ? paper.ink : paper.light(row / Double(height), column / Double(width), grain: grain))
    }
    return NDArray(pixels, shape: [height, width, 1])
  }

  @Test(arguments: Paper.allCases)
  func inkIsFoundOnAnyPaper(_ paper: Paper) throws {
    let drawing = try #require(DrawnInk(Self.ring(on: paper)))
    #expect(abs(drawing.ink.shape[0] - 100) <= 6 && abs(drawing.ink.shape[1] - 70) <= 6, "\(drawing.ink.shape)")
    let framed = drawing.framed(height: 28, width: 28, share: 20.0 / 28, centering: .mass)
    let pixels = framed.elements(as: UInt8.self)
    let plain = try #require(DrawnInk(Self.ring(on: .black)))
      .framed(height: 28, width: 28, share: 20.0 / 28, centering: .mass).elements(as: UInt8.self)
    #expect(pixels[0] == 0 && pixels[14 * 28 + 14] <= 10, "no ink at the border, nor inside of the ring")
    let off = zip(pixels, plain).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
    #expect(off <= 784 * 12, "\(Double(off) / 784) of 255 a pixel")
  }

  @Test func whatIsNoDrawingIsLeftAlone() {
    var random = Philox(seed: 1)
    let noise = (NDArray.uniform([60, 60, 1], using: &random) * 255).cast(to: .uint8)
    #expect(DrawnInk(noise) == nil)
    #expect(DrawnInk(NDArray([UInt8](repeating: 200, count: 900), shape: [30, 30, 1])) == nil)
    #expect(DrawnInk(NDArray([7] as [UInt8], shape: [1, 1, 1])) == nil)
    let slope = NDArray((0..<900).map { UInt8($0 % 30 * 8) }, shape: [30, 30, 1])
    #expect(DrawnInk(slope) == nil)
  }

  /// A bar with a heavy foot: the box is as far to the left as to the right, its mass is not.
  @Test func theCentreOfMassComesToTheMiddle() throws {
    let pixels = (0..<100 * 100).map { place -> UInt8 in
      let (row, column) = (place / 100, place % 100)
      return (20..<80).contains(row) && (20..<28).contains(column)
        || (70..<80).contains(row) && (20..<60).contains(column)
        ? 0 : 230
    }
    let drawing = try #require(DrawnInk(NDArray(pixels, shape: [100, 100, 1])))
    for centering in [DrawnInk.Centering.mass, .box] {
      let framed = drawing.framed(height: 28, width: 28, share: 20.0 / 28, centering: centering)
      let ink = framed.elements(as: UInt8.self).map(Double.init)
      let total = ink.reduce(0, +)
      let column = ink.enumerated().reduce(0) { $0 + $1.element * (Double($1.offset % 28) + 0.5) } / total
      #expect((abs(column - 14) <= 0.6) == (centering == .mass), "\(column)")
    }
  }
}
