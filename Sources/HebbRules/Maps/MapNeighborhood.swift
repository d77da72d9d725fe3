import HebbArrays

/// How strongly the units around a winner learn with it. d is the distance on the grid, σ the radius.
public enum MapNeighborhood: String, Sendable, CaseIterable {
  /// exp(−d² / 2σ²)
  case gaussian
  /// exp(−d² / 2σ²) (1 − d² / σ²): units at some distance are pushed away.
  case mexicanHat
  /// 1 where rows and columns both differ by less than σ, else 0.
  case bubble
  /// max(σ − |Δrow|, 0) · max(σ − |Δcolumn|, 0)
  case triangle

  /// Factors of all units around a winner, times a rate; what is below 2⁻³⁰ of the rate is 0, since float32 would not
  /// show it.
  func factors(
    _ grid: MapGrid, winner: Int, sigma: Double, rate: Double, into out: UnsafeMutableBufferPointer<Float>,
    using table: inout Table
  ) {
    table.prepare(self, grid, sigma: sigma)
    let (row, column) = (winner / grid.columns, winner % grid.columns)
    let hat = self == .mexicanHat ? 1 / (sigma * sigma) : 0
    for j in 0..<grid.columns {
      let beside = grid.wrapped(j - column, grid.columns)
      // Bubble and triangle count rows as if no column were shifted.
      let shift = countsCells ? 0 : grid.shift(ofColumn: j) - grid.shift(ofColumn: column)
      let (factor, square) = (table.columns[beside], table.squaredColumns[beside])
      for i in 0..<grid.rows {
        let half = grid.wrapped(2 * (i - row) + shift, 2 * grid.rows)
        var y = factor * table.rows[half]
        if hat != 0 { y *= 1 - hat * (square + table.squaredRows[half]) }
        out[i * grid.columns + j] = abs(y) < 0x1p-30 ? 0 : Float(y * rate)
      }
    }
  }

  private var countsCells: Bool { self == .bubble || self == .triangle }

  /// The factors along rows and columns: their product is the neighbourhood, so that there are few exponentials.
  struct Table {
    var rows: [Double] = []
    var columns: [Double] = []
    var squaredRows: [Double] = []
    var squaredColumns: [Double] = []
    private var sigma = Double.nan

    mutating func prepare(_ kind: MapNeighborhood, _ grid: MapGrid, sigma: Double) {
      guard sigma != self.sigma else { return }
      self.sigma = sigma
      let step = grid.cells == .hexagonal ? MapGrid.hexagonStep : 1
      // Twice a row's offset may be 2 · rows − 1, with the half step of hexagons.
      squaredRows = (0...2 * grid.rows).map { Double($0 * $0) / 4 }
      squaredColumns = (0...grid.columns).map { Double($0 * $0) * step * step }
      let along = { (square: Double, steps: Double) -> Double in
        switch kind {
        case .gaussian, .mexicanHat: Mathematics.exp(-square / (2 * sigma * sigma))
        case .bubble: steps < sigma ? 1 : 0
        case .triangle: Swift.max(sigma - steps, 0)
        }
      }
      rows = squaredRows.indices.map { along(squaredRows[$0], Double($0 / 2)) }
      columns = squaredColumns.indices.map { along(squaredColumns[$0], Double($0)) }
    }
  }
}
