import CHebbKernels

extension SparseMatrix {
  static let kernels = hebb_graph_table(hebb_isa()).pointee

  /// The product with a dense matrix: what the edges bring to each node.
  ///
  ///     yᵢ = Σⱼ aᵢⱼ xⱼ
  ///
  /// - Shape: `[…, columns, features]` → `[…, rows, features]`, one product for each of the leading axes.
  public func multiplied(by x: NDArray) -> NDArray {
    require(
      x.rank >= 2 && x.shape[x.rank - 2] == columnCount,
      "\(self): features of shape \(x.shape) are not […, \(columnCount), features]")
    let width = x.shape.innermost
    let result = NDArray(uninitialized: x.shape.replacing(-2, with: rowCount), x.dtype)
    let samples = result.count / max(1, rowCount * width)
    switch x.dtype {
    case .float32:
      // Rows of one sample, as many as are worth a piece.
      let length = max(1, 16_384 / max(1, width))
      let pieces = (rowCount + length - 1) / length
      let (source, target) = (x.pointer(to: Float.self), result.mutablePointer(to: Float.self))
      shareWork(samples * pieces, elements: samples * entryCount * width) { piece in
        let (sample, first) = (piece / pieces, piece % pieces * length)
        spread(
          source + sample * columnCount * width, row: width, into: target + sample * rowCount * width, row: width,
          width: width, rows: first..<min(rowCount, first + length))
      }
    case .float64:
      let (source, target) = (x.pointer(to: Double.self), result.mutablePointer(to: Double.self))
      for place in 0..<samples * rowCount * width {
        let (sample, row, feature) = (place / (rowCount * width), place / width % rowCount, place % width)
        target[place] = rows.range(row).reduce(0) { sum, e in
          sum + Double(rows.value(e)) * source[(sample * columnCount + rows.column(e)) * width + feature]
        }
      }
    case .int32, .uint8: fatalError("a sparse product needs floating-point arrays, not \(x.dtype)")
    }
    return result
  }

  /// y = A x, or y = 2 A x − `before`, for some rows of matrices whose rows lie `row` floats apart.
  func spread(
    _ x: UnsafePointer<Float>, row xRow: Int, minus before: (start: UnsafePointer<Float>, row: Int)? = nil,
    into y: UnsafeMutablePointer<Float>, row yRow: Int, width: Int, rows wanted: Range<Int>
  ) {
    var work = hebb_spread()
    work.starts = rows.starts.pointer()
    work.columns = rows.columns.pointer()
    work.values = rows.values.pointer()
    (work.first, work.last, work.width) = (wanted.lowerBound, wanted.upperBound, width)
    (work.x, work.x_row, work.y, work.y_row) = (x, xRow, y, yRow)
    (work.before, work.before_row) = (before?.start, before?.row ?? 0)
    SparseMatrix.kernels.spread(&work)
    withExtendedLifetime(self) {}
  }
}
