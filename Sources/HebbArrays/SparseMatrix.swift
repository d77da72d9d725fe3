/// A matrix most of whose elements are zero: the edges of a graph with their weights.
///
///     let roads = SparseMatrix(edges: [(0, 1), (1, 2), (2, 0)], nodes: 3)
///     let speeds = roads.walk.multiplied(by: features)      // what a step along the edges brings to each node
///
/// Entry (i, j) is the weight of the edge from node i to node j. The entries are float32 and lie row by row, in each row by
/// column (CSR), with the transposed matrix beside them, so that ``transposed`` costs nothing.
public struct SparseMatrix: Sendable {
  let rows: CompressedRows, columns: CompressedRows

  /// How many rows there are.
  public var rowCount: Int { rows.count }
  /// How many columns there are.
  public var columnCount: Int { columns.count }
  /// How many elements are stored.
  public var entryCount: Int { rows.values.count }

  init(rows: CompressedRows, columns: CompressedRows) { (self.rows, self.columns) = (rows, columns) }

  /// A matrix of single elements; those that come twice are added, in their order.
  public init(rowCount: Int, columnCount: Int, entries: [(row: Int, column: Int, value: Float)]) {
    require(
      rowCount >= 0 && columnCount >= 0 && max(rowCount, columnCount, entries.count) < Int32.max,
      "SparseMatrix: \(entries.count) entries in \(rowCount) × \(columnCount)")
    for (row, column, _) in entries {
      require(
        row >= 0 && row < rowCount && column >= 0 && column < columnCount,
        "SparseMatrix: the entry (\(row), \(column)) is outside of \(rowCount) × \(columnCount)")
    }
    let order = entries.indices.sorted {
      (entries[$0].row, entries[$0].column, $0) < (entries[$1].row, entries[$1].column, $1)
    }
    var kept: [(row: Int, column: Int, value: Float)] = []
    for index in order {
      let entry = entries[index]
      if let last = kept.last, (last.row, last.column) == (entry.row, entry.column) {
        kept[kept.count - 1].value += entry.value
      } else {
        kept.append(entry)
      }
    }
    rows = CompressedRows(kept, count: rowCount)
    columns = rows.turned(count: columnCount)
  }

  /// The graph of these edges, all of one weight unless `weights` names one for each.
  public init(edges: [(from: Int, to: Int)], weights: [Float]? = nil, nodes: Int) {
    require(
      weights == nil || weights?.count == edges.count,
      "SparseMatrix: \(weights?.count ?? 0) weights for \(edges.count) edges")
    self.init(
      rowCount: nodes, columnCount: nodes,
      entries: edges.enumerated().map { ($1.from, $1.to, weights?[$0] ?? 1) })
  }

  /// The elements of a whole matrix whose size is above `threshold`.
  public init(_ matrix: NDArray, above threshold: Float = 0) {
    require(matrix.rank == 2, "SparseMatrix: an array of shape \(matrix.shape) is no matrix")
    let elements = matrix.cast(to: .float32).elements(as: Float.self)
    let width = matrix.shape[1]
    self.init(
      rowCount: matrix.shape[0], columnCount: width,
      entries: elements.enumerated().compactMap { place, value in
        abs(value) > threshold ? (place / width, place % width, value) : nil
      })
  }

  /// Rows as columns; shares memory.
  public var transposed: SparseMatrix { SparseMatrix(rows: columns, columns: rows) }

  /// Each stored element with its place, row by row.
  public var entries: [(row: Int, column: Int, value: Float)] {
    (0..<rowCount).flatMap { row in rows.range(row).map { (row, rows.column($0), rows.value($0)) } }
  }

  /// The whole matrix, zeros included.
  public var dense: NDArray {
    NDArray(shape: [rowCount, columnCount]) { (out: UnsafeMutableBufferPointer<Float>) in
      out.update(repeating: 0)
      for (row, column, value) in entries { out[row * columnCount + column] = value }
    }
  }
}

extension SparseMatrix: CustomStringConvertible {
  public var description: String { "SparseMatrix(\(rowCount) × \(columnCount), \(entryCount) entries)" }
}

/// The entries of a sparse matrix, row by row.
struct CompressedRows: Sendable {
  /// Where each row begins among the entries, and where the last ends, int32; the column of each entry, int32.
  let starts: NDArray, columns: NDArray
  let values: NDArray

  var count: Int { starts.count - 1 }

  init(starts: [Int32], columns: [Int32], values: [Float]) {
    (self.starts, self.columns, self.values) = (NDArray(starts), NDArray(columns), NDArray(values))
  }

  /// - Parameter entries: in the order of the rows.
  init(_ entries: [(row: Int, column: Int, value: Float)], count: Int) {
    var starts = [Int32](repeating: 0, count: count + 1)
    for entry in entries { starts[entry.row + 1] += 1 }
    for row in 0..<count { starts[row + 1] += starts[row] }
    self.init(starts: starts, columns: entries.map { Int32($0.column) }, values: entries.map(\.value))
  }

  /// The same entries, by column.
  func turned(count: Int) -> CompressedRows {
    var entries: [(row: Int, column: Int, value: Float)] = []
    for row in 0..<self.count { for e in range(row) { entries.append((column(e), row, value(e))) } }
    var places = [[Int]](repeating: [], count: count)
    for (place, entry) in entries.enumerated() { places[entry.row].append(place) }
    return CompressedRows(places.flatMap { $0.map { entries[$0] } }, count: count)
  }

  func range(_ row: Int) -> Range<Int> {
    let starts = starts.pointer(to: Int32.self)
    return Int(starts[row])..<Int(starts[row + 1])
  }

  func column(_ entry: Int) -> Int { Int(columns.pointer(to: Int32.self)[entry]) }
  func value(_ entry: Int) -> Float { values.pointer(to: Float.self)[entry] }

  /// The same places with other values.
  func with(_ value: (_ row: Int, _ column: Int, _ value: Float) -> Float) -> [(row: Int, column: Int, value: Float)] {
    (0..<count).flatMap { row in range(row).map { (row, column($0), value(row, column($0), self.value($0))) } }
  }
}
