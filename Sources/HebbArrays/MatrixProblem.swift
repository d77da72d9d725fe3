import CHebbKernels

/// One float32 matrix product, cut for the caches and the threads.
///
/// How it is cut changes no bit: every element is one chain of fused multiply-adds over k in every plan.
struct MatrixProblem {
  let a: UnsafePointer<Float>, aRow: Int, aStep: Int
  let b: UnsafePointer<Float>, bRow: Int, bColumn: Int
  let c: UnsafeMutablePointer<Float>
  let m: Int, k: Int, n: Int
  /// Floats from row to row of the result; n unless this is a part of a wider product.
  var cRow: Int? = nil
  /// Whose memory B is, where its packed form may be kept. Whoever asks for the product holds it.
  unowned(unsafe) var bOwner: Storage? = nil

  /// Multiplications below which one thread is faster than two.
  static let worthSharing = 350_000
  /// Rows of k that are summed before a tile goes back to memory: a panel of B of this depth stays in the caches.
  private static let depth = 512
  static let kernels = hebb_product_kernels_table(hebb_isa()).pointee

  func solve(_ epilogue: Epilogue) {
    if m * n * k <= 2048, epilogue.residual == nil, epilogue.scale == nil {
      solveTiny(epilogue)
    } else if epilogue.isEmpty, n < 16 ? m >= 32 : bColumn != 1 && n > 2 * m && m >= 8 {
      solveTurned()
    } else {
      epilogue.withPointers { solveTiled($0) }
    }
  }

  /// Too small for any preparation.
  private func solveTiny(_ epilogue: Epilogue) {
    MatrixProblem.kernels.small(a, aRow, aStep, b, bRow, bColumn, c, m, k, n)
    epilogue.withPointers {
      if let epilogue = $0 { MatrixProblem.kernels.finish_pixels(c, m, n, c, epilogue, 0) }
    }
  }

  /// The transposed product cᵀ = bᵀ aᵀ, turned at the end: for a B that would be costly to pack, or narrower than a vector.
  private func solveTurned() {
    let turned = Scratch(m * n)
    MatrixProblem(
      a: b, aRow: bColumn, aStep: bRow, b: a, bRow: aStep, bColumn: aRow, c: turned.floats, m: n, k: k, n: m
    ).solveTiled(nil)
    if n < 16 {
      for i in 0..<m { for j in 0..<n { c[i * n + j] = turned.floats[j * m + i] } }
    } else {
      MatrixProblem.kernels.turn(turned.floats, n, m, c)
    }
  }

  func solveTiled(_ epilogue: UnsafePointer<hebb_epilogue>?) {
    let shared = m * n * k >= MatrixProblem.worthSharing
    let readsInPlace = bColumn == 1 && m <= 96
    // A row alone is summed in one go where its weights are packed for good; more rows read whole vectors where they lie.
    let isKeptRow = m == 1 && bOwner != nil
    if readsInPlace, n % 16 != 0, n > 16, !isKeptRow { return solveApart(at: n / 16 * 16, epilogue) }
    let packsColumns = !readsInPlace || n % 16 != 0
    let packed = packsColumns ? packColumns(shared: shared) : nil
    var (height, width) = (min(m, 240), min(n, 256))
    if shared {
      let wanted = 4 * ThreadPool.shared.threads
      while pieces(height, width) < wanted, width > 64 { width = (width / 2 + 15) / 16 * 16 }
      while pieces(height, width) < wanted, height > 24 { height = (height + 1) / 2 }
    }
    let columns = (n + width - 1) / width
    let count = pieces(height, width)
    let body = { (piece: Int) in
      let row = piece / columns * height
      let column = piece % columns * width
      solveBlock(
        row: row, rows: min(height, m - row), column: column, columns: min(width, n - column), packed: packed?.floats,
        epilogue)
    }
    if shared { ThreadPool.shared.run(count, body) } else { for piece in 0..<count { body(piece) } }
  }

  /// Whole vectors of columns first, from where they lie; then the rest, which must be spread to a vector.
  private func solveApart(at column: Int, _ epilogue: UnsafePointer<hebb_epilogue>?) {
    let row = cRow ?? n
    MatrixProblem(
      a: a, aRow: aRow, aStep: aStep, b: b, bRow: bRow, bColumn: bColumn, c: c, m: m, k: k, n: column, cRow: row,
      bOwner: bOwner
    ).solveTiled(epilogue)
    var shifted = hebb_epilogue()
    if let epilogue { shifted = epilogue.pointee.shifted(column: column, result: column) }
    withUnsafePointer(to: &shifted) {
      MatrixProblem(
        a: a, aRow: aRow, aStep: aStep, b: b + column, bRow: bRow, bColumn: bColumn, c: c + column, m: m, k: k,
        n: n - column, cRow: row, bOwner: bOwner
      ).solveTiled(epilogue == nil ? nil : $0)
    }
  }

  private func pieces(_ height: Int, _ width: Int) -> Int { ((m + height - 1) / height) * ((n + width - 1) / width) }

  /// B in blocks of sixteen columns, each [k, 16].
  private func packColumns(shared: Bool) -> Scratch {
    let count = k * ((n + 15) / 16 * 16)
    guard let bOwner else {
      let packed = Scratch(count)
      packColumns(into: packed.floats, shared: shared)
      return packed
    }
    let key = KeptForms.Key(kind: .columns, start: b, row: bRow, column: bColumn, rows: k, columns: n)
    return bOwner.form(key, count: count) { packColumns(into: $0, shared: shared) }
  }

  private func packColumns(into packed: UnsafeMutablePointer<Float>, shared: Bool) {
    let strip = 32
    let strips = (n + strip - 1) / strip
    let body = { (index: Int) in
      let column = index * strip
      MatrixProblem.kernels.pack_columns(
        b + column * bColumn, bRow, bColumn, k, min(strip, n - column), packed + column * k)
    }
    if shared, k * n > 32_768 { ThreadPool.shared.run(strips, body) } else { for index in 0..<strips { body(index) } }
  }

  /// One block of the result, over all of k in steps of `depth`.
  private func solveBlock(
    row: Int, rows: Int, column: Int, columns: Int, packed: UnsafeMutablePointer<Float>?,
    _ epilogue: UnsafePointer<hebb_epilogue>?
  ) {
    let copiesRows = columns >= 64 && rows > 1 && m * n * k >= MatrixProblem.worthSharing
    let depth = min(k, MatrixProblem.depth)
    // Sixteen floats more than a row holds: rows at a distance of a power of two would share the same cache lines.
    let copy = copiesRows ? Scratch(max(rows * (depth + 16), depth * rows)) : nil
    let cRow = self.cRow ?? n
    let target = c + row * cRow + column
    var shifted = hebb_epilogue()
    if let epilogue { shifted = epilogue.pointee.shifted(column: column, result: row * cRow + column) }
    var zero = 0
    var from = 0
    repeat {
      let length = min(depth, k - from)
      var product = hebb_product()
      (product.a, product.a_row, product.a_step) = (a + row * aRow + from * aStep, aRow, aStep)
      if let copy { copyRows(row: row, rows: rows, from: from, length: length, into: copy.floats, &product) }
      if let packed {
        product.b = UnsafePointer(packed + column * k + from * 16)
        (product.b_block, product.b_step) = (k * 16, 16)
      } else {
        product.b = b + from * bRow + column
        (product.b_block, product.b_step) = (16, bRow)
      }
      (product.c, product.c_row) = (target, cRow)
      (product.rows, product.columns) = (rows, columns)
      (product.taps, product.length, product.accumulate) = (1, length, from > 0 ? 1 : 0)
      let last = from + length >= k
      withUnsafePointer(to: &zero) { zero in
        product.a_tap = zero
        product.b_tap = zero
        withUnsafePointer(to: &shifted) { shifted in
          product.epilogue = last && epilogue != nil ? shifted : nil
          MatrixProblem.kernels.product(&product)
        }
      }
      from += length
    } while from < k
  }

  /// A block of A side by side in memory, in the order in which it lies there.
  private func copyRows(
    row: Int, rows: Int, from: Int, length: Int, into copy: UnsafeMutablePointer<Float>, _ product: inout hebb_product
  ) {
    if aStep == 1 {
      let stride = length + 16
      for i in 0..<rows { (copy + i * stride).update(from: a + (row + i) * aRow + from, count: length) }
      (product.a_row, product.a_step) = (stride, 1)
    } else {
      for t in 0..<length { (copy + t * rows).update(from: a + row + (from + t) * aStep, count: rows) }
      (product.a_row, product.a_step) = (1, rows)
    }
    product.a = UnsafePointer(copy)
  }
}

/// Pooled memory for the length of one op, or longer where it holds a kept form.
struct Scratch: @unchecked Sendable {
  // Sendable: threads write to parts that lie apart, and a kept form is only read.
  private let storage: Storage
  let floats: UnsafeMutablePointer<Float>

  init(_ count: Int) {
    storage = Storage.make(byteCount: count * 4)
    floats = storage.pointer.assumingMemoryBound(to: Float.self)
  }
}

extension Epilogue {
  /// Calls `body` with the epilogue as the kernels read it; with nil where there is nothing to do.
  func withPointers(_ body: (UnsafePointer<hebb_epilogue>?) -> Void) {
    guard !isEmpty else { return body(nil) }
    var epilogue = hebb_epilogue()
    epilogue.scale = scale?.pointer()
    epilogue.bias = bias?.pointer()
    epilogue.residual = residual?.pointer()
    epilogue.relu = relu ? 1 : 0
    body(&epilogue)
    withExtendedLifetime(self) {}
  }
}

extension hebb_epilogue {
  /// For a block of the result that begins at a column, and at a place in memory.
  func shifted(column: Int, result: Int) -> hebb_epilogue {
    hebb_epilogue(
      scale: scale.map { $0 + column }, bias: bias.map { $0 + column }, residual: residual.map { $0 + result },
      relu: relu)
  }
}
