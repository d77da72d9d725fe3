import HebbArrays

/// How the units of a map lie beside each other. Unit (i, j) has the number i · columns + j.
public struct MapGrid: Sendable, Hashable {
  /// How a unit lies to its neighbours.
  public enum Cells: String, Sendable, CaseIterable {
    /// Eight neighbours, four of them diagonal.
    case rectangular
    /// Six neighbours at the distance 1: every other column is shifted by half a cell, as in MiniSom.
    case hexagonal
  }

  /// How many rows of units there are.
  public let rows: Int
  /// How many units a row has.
  public let columns: Int
  /// How a unit lies to its neighbours.
  public let cells: Cells
  /// Whether the edges meet: row 0 follows the last row, column 0 the last column.
  public let isToroidal: Bool

  /// A grid of 1 × 1 units or more; a torus of hexagons has an even number of columns.
  public init(_ rows: Int, _ columns: Int, cells: Cells = .rectangular, toroidal: Bool = false) {
    require(rows > 0 && columns > 0, "a map of \(rows) × \(columns) units")
    require(
      !(toroidal && cells == .hexagonal && columns % 2 == 1),
      "a hexagonal torus needs an even number of columns, not \(columns)")
    (self.rows, self.columns, self.cells, isToroidal) = (rows, columns, cells, toroidal)
  }

  /// How many units there are.
  public var count: Int { rows * columns }

  /// A step to the next column, in units of the distance between neighbours: √¾ for hexagons.
  static let hexagonStep = 0.8660254037844387

  /// Where a unit lies in the plane; neighbours in a column are 1 apart.
  public func position(_ unit: Int) -> (x: Double, y: Double) {
    let (i, j) = (unit / columns, unit % columns)
    guard cells == .hexagonal else { return (Double(i), Double(j)) }
    return (Double(i) + Double(shift(ofColumn: j)) / 2, Double(j) * MapGrid.hexagonStep)
  }

  /// Half steps between two units along the rows, and whole steps along the columns.
  func offset(_ a: Int, _ b: Int) -> (halfRows: Int, columns: Int) {
    let shifts = shift(ofColumn: a % columns) - shift(ofColumn: b % columns)
    let (i, j) = (2 * (a / columns - b / columns) + shifts, a % columns - b % columns)
    return (wrapped(i, 2 * rows), wrapped(j, columns))
  }

  /// How far a column is moved along the rows, in half steps.
  @inline(__always)
  func shift(ofColumn column: Int) -> Int { cells == .hexagonal && (columns - 1 - column) % 2 == 0 ? -1 : 0 }

  /// The size of a difference; the shorter way around a torus.
  @inline(__always)
  func wrapped(_ difference: Int, _ period: Int) -> Int {
    let size = abs(difference)
    return isToroidal ? min(size, abs(period - size)) : size
  }

  /// The square of the distance in the plane.
  public func squaredDistance(_ a: Int, _ b: Int) -> Double {
    let (i, j) = offset(a, b)
    let y = Double(j) * (cells == .hexagonal ? MapGrid.hexagonStep : 1)
    return Double(i * i) / 4 + y * y
  }

  /// Whether two units touch: within 1.42 for rectangles, at 1 for hexagons. A unit does not touch itself.
  public func areNeighbors(_ a: Int, _ b: Int) -> Bool {
    let squared = squaredDistance(a, b)
    return squared > 0 && squared < (cells == .hexagonal ? 1.01 : 2.01)
  }

  /// The units that touch a unit, in rising order.
  public func neighbors(of unit: Int) -> [Int] {
    let (row, column) = (unit / columns, unit % columns)
    var found: Set<Int> = []
    for i in row - 1...row + 1 {
      for j in column - 1...column + 1 {
        let inside = (0..<rows).contains(i) && (0..<columns).contains(j)
        guard inside || isToroidal else { continue }
        let other = (i + rows) % rows * columns + (j + columns) % columns
        if areNeighbors(unit, other) { found.insert(other) }
      }
    }
    return found.sorted()
  }
}
