extension SparseMatrix {
  /// One step of a random walk along the edges: each row divided by its sum.
  ///
  ///     P = D⁻¹ A          D = diag(Σⱼ aᵢⱼ)
  ///
  /// The row of a node without edges, and one whose weights add up to zero, is zero: nothing comes to it from others.
  public var walk: SparseMatrix {
    let sums = rowSums
    return rescaled { row, _, value in sums[row] == 0 ? 0 : Float(Double(value) / sums[row]) }
  }

  /// One step of a random walk against the edges: the ``walk`` of the transposed graph, D_I⁻¹ Aᵀ.
  public var reverseWalk: SparseMatrix { transposed.walk }

  /// The neighbourhood of graph convolutions, each node among its own neighbours.
  ///
  ///     Â = D^−½ (A + I) D^−½          D = diag(Σⱼ (A + I)ᵢⱼ)
  ///
  /// A node without edges has itself alone: its element of the diagonal is 1. A node whose weights add up to zero or less
  /// has a row and a column of zeros.
  ///
  /// - Source: Kipf and Welling 2017, arXiv:1609.02907.
  public var symmetricallyNormalized: SparseMatrix {
    require(rowCount == columnCount, "\(self) is not a graph: it has to be square")
    let whole = SparseMatrix(
      rowCount: rowCount, columnCount: columnCount, entries: entries + (0..<rowCount).map { ($0, $0, 1) })
    let sums = whole.rowSums
    return whole.rescaled { row, column, value in
      guard sums[row] > 0, sums[column] > 0 else { return 0 }
      return Float(Double(value) / (sums[row] * sums[column]).squareRoot())
    }
  }

  /// The nodes from which and to which no edge leads.
  public var isolatedNodes: [Int] {
    (0..<min(rowCount, columnCount)).filter { rows.range($0).isEmpty && columns.range($0).isEmpty }
  }

  /// The sum of every row.
  private var rowSums: [Double] {
    (0..<rowCount).map { row in rows.range(row).reduce(0) { $0 + Double(rows.value($1)) } }
  }

  private func rescaled(_ value: (Int, Int, Float) -> Float) -> SparseMatrix {
    SparseMatrix(rowCount: rowCount, columnCount: columnCount, entries: rows.with(value))
  }
}
