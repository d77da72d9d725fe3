import CHebbKernels

/// A way to walk through memory: how many steps each axis has, and how far apart they lie, in elements.
///
/// Slices, transpositions, flips, repetitions, paddings and joins are all one copy between such a view and elements that
/// lie one after the other.
struct StridedView {
  var rank = 0
  var extents = SIMD8<Int>(repeating: 1)
  var strides = SIMD8<Int>(repeating: 0)
  var start = 0

  var count: Int {
    var count = 1
    for i in 0..<rank { count *= extents[i] }
    return count
  }

  init() {}

  /// All elements of an array, in their order.
  init(_ shape: Shape) {
    for extent in shape { append(extent, stride: 0) }
    var stride = 1
    for i in (0..<rank).reversed() {
      strides[i] = stride
      stride *= shape[i]
    }
  }

  mutating func append(_ extent: Int, stride: Int) {
    extents[rank] = extent
    strides[rank] = stride
    rank += 1
  }

  /// Takes every `step`-th element of an axis, `extent` of them, beginning at `first`.
  mutating func restrict(_ axis: Int, first: Int, extent: Int, step: Int = 1) {
    start += first * strides[axis]
    extents[axis] = extent
    strides[axis] *= step
  }

  /// The same walk with as few axes as possible, but no fewer than two.
  var merged: StridedView {
    var view = StridedView()
    view.start = start
    for i in 0..<rank where extents[i] != 1 {
      let last = view.rank - 1
      if last >= 0 && view.strides[last] == strides[i] * extents[i] {
        view.extents[last] *= extents[i]
        view.strides[last] = strides[i]
      } else {
        view.append(extents[i], stride: strides[i])
      }
    }
    guard view.rank < 2 else { return view }
    var padded = StridedView()
    padded.start = start
    for _ in view.rank..<2 { padded.append(1, stride: 0) }
    for i in 0..<view.rank { padded.append(view.extents[i], stride: view.strides[i]) }
    return padded
  }
}

extension NDArray {
  /// The elements that a view of this array's memory walks through, as a new array.
  func gathered(_ view: StridedView, shape: Shape) -> NDArray {
    let out = NDArray(uninitialized: shape, dtype)
    StridedView.copy(view, strided: bytes, dense: out.bytes, width: dtype.byteCount, gathering: true)
    return out
  }

  /// Writes `source` over the elements that a view of this array walks through.
  mutating func scatter(_ source: NDArray, to view: StridedView) {
    makeUnique()
    StridedView.copy(view, strided: bytes, dense: source.bytes, width: dtype.byteCount, gathering: false)
  }

  /// The first element's address.
  var bytes: UnsafeMutableRawPointer { storage.pointer + offset * dtype.byteCount }
}

extension StridedView {
  /// Copies from the view to dense memory (`gathering`), or back.
  static func copy(
    _ view: StridedView, strided: UnsafeMutableRawPointer, dense: UnsafeMutableRawPointer, width: Int, gathering: Bool
  ) {
    guard view.count > 0 else { return }
    let view = view.merged
    switch width {
    case 1: view.copy(UInt8.self, strided, dense, gathering)
    case 4: view.copy(UInt32.self, strided, dense, gathering)
    default: view.copy(UInt64.self, strided, dense, gathering)
    }
  }

  /// Copies plane by plane: a plane is the two innermost axes, cut into bands of rows where it is large.
  private func copy<T: BitwiseCopyable>(
    _: T.Type, _ strided: UnsafeMutableRawPointer, _ dense: UnsafeMutableRawPointer, _ gathering: Bool
  ) {
    let strided = strided.assumingMemoryBound(to: T.self) + start
    let dense = dense.assumingMemoryBound(to: T.self)
    let (rows, columns) = (extents[rank - 2], extents[rank - 1])
    let bandRows = Swift.max(1, Swift.min(rows, 16_384 / columns))
    let bands = (rows + bandRows - 1) / bandRows
    let units = count / (rows * columns) * bands
    let unitsInPiece = Swift.max(1, 16_384 / (bandRows * columns))
    shareWork((units + unitsInPiece - 1) / unitsInPiece, elements: count) { piece in
      for unit in piece * unitsInPiece..<Swift.min(units, (piece + 1) * unitsInPiece) {
        let (plane, band) = unit.quotientAndRemainder(dividingBy: bands)
        let first = band * bandRows
        let grid = Grid(
          rows: Swift.min(bandRows, rows - first), columns: columns, row: strides[rank - 2], column: strides[rank - 1])
        let far = strided + planeStart(plane) + first * grid.row
        let near = dense + (plane * rows + first) * columns
        if gathering { grid.gather(far, near) } else { grid.scatter(near, far) }
      }
    }
  }

  private func planeStart(_ plane: Int) -> Int {
    var rest = plane
    var offset = 0
    for axis in (0..<rank - 2).reversed() {
      let (quotient, index) = rest.quotientAndRemainder(dividingBy: extents[axis])
      offset += index * strides[axis]
      rest = quotient
    }
    return offset
  }
}

/// The two innermost axes of a view: their extents and their strides.
private struct Grid {
  let rows: Int
  let columns: Int
  let row: Int
  let column: Int

  func gather<T: BitwiseCopyable>(_ source: UnsafeMutablePointer<T>, _ out: UnsafeMutablePointer<T>) {
    if column == 1 {
      for r in 0..<rows { copyRun(source + r * row, out + r * columns) }
    } else if row == 1 && column > 0 && T.self == UInt32.self {
      // The source is `columns` rows of `rows` words, `column` apart.
      hebb_transpose_words(columns, rows, source.words, column, out.words, columns)
    } else {
      tiles { r, c in out[r * columns + c] = source[r * row + c * column] }
    }
  }

  func scatter<T: BitwiseCopyable>(_ source: UnsafeMutablePointer<T>, _ out: UnsafeMutablePointer<T>) {
    if column == 1 {
      for r in 0..<rows { copyRun(source + r * columns, out + r * row) }
    } else if row == 1 && column > 0 && T.self == UInt32.self {
      hebb_transpose_words(rows, columns, source.words, columns, out.words, column)
    } else {
      tiles { r, c in out[r * row + c * column] = source[r * columns + c] }
    }
  }

  @inline(__always)
  private func copyRun<T: BitwiseCopyable>(_ source: UnsafeMutablePointer<T>, _ out: UnsafeMutablePointer<T>) {
    if columns >= 8 {
      out.update(from: source, count: columns)
    } else {
      for c in 0..<columns { out[c] = source[c] }
    }
  }

  /// Visits all places in tiles of 16×16, so that both sides stay in the cache.
  @inline(__always)
  private func tiles(_ visit: (Int, Int) -> Void) {
    for top in stride(from: 0, to: rows, by: 16) {
      for left in stride(from: 0, to: columns, by: 16) {
        for r in top..<Swift.min(top + 16, rows) {
          for c in left..<Swift.min(left + 16, columns) { visit(r, c) }
        }
      }
    }
  }
}

extension UnsafeMutablePointer {
  fileprivate var words: UnsafeMutablePointer<UInt32> {
    UnsafeMutableRawPointer(self).assumingMemoryBound(to: UInt32.self)
  }
}
