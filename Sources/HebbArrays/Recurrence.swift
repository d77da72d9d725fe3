import CHebbKernels

/// A recurrent layer over whole sequences in float32: all inputs times their weights as one product, then a walk through
/// time in which every step is one product with packed weights and one pass over the gates.
///
/// Threads share the rows of the batch: no row needs another, so no bit depends on how they are shared.
package struct Recurrence: Sendable {
  /// What happens at each step of time.
  package enum Cell: Sendable {
    case tanh, relu, lstm, gru

    /// How many sums a unit needs.
    package var gates: Int {
      switch self {
      case .tanh, .relu: 1
      case .lstm: 4
      case .gru: 3
      }
    }
  }

  /// The weights of a layer, gate behind gate in every row.
  package struct Weights: Sendable {
    /// U `[inputs, gates · units]`, W `[outputs, gates · units]`, b `[gates · units]`.
    package var input: NDArray, state: NDArray, bias: NDArray
    /// GRU: the candidate's recurrent bias `[units]`.
    package var candidateBias: NDArray?
    /// LSTM: from the memory to the gates i, f and o, `[3 · units]`.
    package var peephole: NDArray?
    /// LSTM: from the units to the outputs, `[units, outputs]`.
    package var projection: NDArray?

    package init(
      input: NDArray, state: NDArray, bias: NDArray, candidateBias: NDArray? = nil, peephole: NDArray? = nil,
      projection: NDArray? = nil
    ) {
      (self.input, self.state, self.bias) = (input, state, bias)
      (self.candidateBias, self.peephole, self.projection) = (candidateBias, peephole, projection)
    }
  }

  package let cell: Cell
  package let weights: Weights
  /// The number of steps of each row, as int32; nil where all are whole.
  package let lengths: NDArray?
  /// Whether time runs from each row's last step to its first.
  package let isReversed: Bool

  package init(_ cell: Cell, _ weights: Weights, lengths: NDArray? = nil, isReversed: Bool = false) {
    (self.cell, self.weights, self.lengths, self.isReversed) = (cell, weights, lengths, isReversed)
  }

  var inputs: Int { weights.input.shape[0] }
  var outputs: Int { weights.state.shape[0] }
  var units: Int { weights.state.shape[1] / cell.gates }
  var hasMemory: Bool { cell == .lstm }

  static let kernels = hebb_recurrent_table(hebb_isa()).pointee

  /// Rows that walk through time together: few enough for two threads, enough to read the weights seldom.
  func pieces(_ batch: Int) -> [Range<Int>] {
    let rows = batch >= 32 ? 16 : max(4, (batch + 1) / 2)
    let count = (batch + rows - 1) / rows
    return (0..<count).map { batch * $0 / count..<batch * ($0 + 1) / count }
  }

  /// The most steps that any row of a piece has.
  func longest(_ rows: Range<Int>, _ time: Int) -> Int {
    guard let lengths else { return time }
    let length = lengths.pointer(to: Int32.self)
    return rows.reduce(0) { max($0, Int(length[$1])) }
  }
}

/// A matrix that many products of few rows have on their right, packed for the tiles.
struct RecurrentMatrix {
  let rows: Int, columns: Int
  private let packed: Scratch?
  private let source: UnsafePointer<Float>
  private let row: Int

  /// - Parameters:
  ///   - owner: whose memory the matrix is.
  ///   - uses: how many rows will be multiplied; too few are not worth packing.
  init(
    _ source: UnsafePointer<Float>, of owner: Storage, row: Int, column: Int = 1, rows: Int, columns: Int, uses: Int
  ) {
    (self.rows, self.columns, self.source, self.row) = (rows, columns, source, row)
    guard uses > 4 || column != 1 || columns % 16 != 0 else {
      packed = nil
      return
    }
    let key = KeptForms.Key(kind: .columns, start: source, row: row, column: column, rows: rows, columns: columns)
    packed = owner.form(key, count: rows * ((columns + 15) / 16 * 16)) { packed in
      let strip = 64
      shareWork((columns + strip - 1) / strip, elements: rows * columns) { index in
        let first = index * strip
        MatrixProblem.kernels.pack_columns(
          source + first * column, row, column, rows, min(strip, columns - first), packed + first * rows)
      }
    }
  }

  /// c = a B, or c += a B.
  func multiply(
    _ a: UnsafePointer<Float>, row aRow: Int, rows count: Int, into c: UnsafeMutablePointer<Float>, row cRow: Int,
    adding: Bool
  ) {
    var zero = 0
    withUnsafePointer(to: &zero) { zero in
      var product = product(a, row: aRow, rows: count, into: c, row: cRow)
      (product.taps, product.length, product.accumulate) = (1, rows, adding ? 1 : 0)
      (product.a_tap, product.b_tap) = (zero, zero)
      MatrixProblem.kernels.product(&product)
    }
  }

  /// The product a B, but for the taps.
  func product(
    _ a: UnsafePointer<Float>, row aRow: Int, rows count: Int, into c: UnsafeMutablePointer<Float>, row cRow: Int
  ) -> hebb_product {
    var product = hebb_product()
    (product.a, product.a_row, product.a_step) = (a, aRow, 1)
    if let packed {
      product.b = UnsafePointer(packed.floats)
      (product.b_block, product.b_step) = (rows * 16, 16)
    } else {
      product.b = source
      (product.b_block, product.b_step) = (16, row)
    }
    (product.c, product.c_row) = (c, cRow)
    (product.rows, product.columns) = (count, columns)
    return product
  }
}
