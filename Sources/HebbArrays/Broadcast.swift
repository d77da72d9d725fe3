import CHebbKernels

/// How two arrays meet element by element: axes of extent 1 stretch, as in NumPy, and neighbouring axes that move alike
/// are one.
struct Broadcast {
  /// The shape of the result.
  let shape: Shape
  /// How many axes are left after joining, at least one. Axis 0 is the innermost.
  private(set) var rank = 0
  private(set) var extents = [6 of Int](repeating: 1)
  /// By how many elements each operand moves along an axis: 0 where it stretches.
  private(set) var a = [6 of Int](repeating: 0)
  private(set) var b = [6 of Int](repeating: 0)

  /// `nil` where the shapes do not fit.
  init?(_ left: Shape, _ right: Shape) {
    guard let shape = left.broadcast(with: right) else { return nil }
    self.shape = shape
    var strideA = 1
    var strideB = 1
    for back in 1..<Swift.max(shape.rank, 1) + 1 where shape.rank > 0 {
      let extentA = back <= left.rank ? left[left.rank - back] : 1
      let extentB = back <= right.rank ? right[right.rank - back] : 1
      let extent = shape[shape.rank - back]
      if extent != 1 { add(extent, extentA == 1 ? 0 : strideA, extentB == 1 ? 0 : strideB) }
      strideA *= extentA
      strideB *= extentB
    }
    if rank == 0 { add(1, 1, 1) }
  }

  private mutating func add(_ extent: Int, _ moveA: Int, _ moveB: Int) {
    if rank > 0 {
      let inner = rank - 1
      if moveA == a[inner] * extents[inner], moveB == b[inner] * extents[inner] {
        extents[inner] *= extent
        return
      }
    }
    extents[rank] = extent
    a[rank] = moveA
    b[rank] = moveB
    rank += 1
  }

  /// Calls `body` for each block of two axes: where it begins in both operands and in the result, and how many rows it has.
  func forEachBlock(_ body: (_ a: Int, _ b: Int, _ y: Int, _ rows: Range<Int>) -> Void) {
    let rows = extents[1]
    let size = rows * extents[0]
    let blocks = size == 0 ? 0 : shape.count / size
    if blocks == 1 {
      ThreadPool.shared.rows(rows, width: extents[0]) { body(0, 0, 0, $0) }
    } else {
      ThreadPool.shared.rows(blocks, width: size) { range in
        for block in range {
          let start = start(of: block)
          body(start.a, start.b, block * size, 0..<rows)
        }
      }
    }
  }

  private func start(of block: Int) -> (a: Int, b: Int) {
    var rest = block
    var start = (a: 0, b: 0)
    for axis in 2..<6 {
      let index = rest % extents[axis]
      rest /= extents[axis]
      start.a += index * a[axis]
      start.b += index * b[axis]
    }
    return start
  }
}

extension Broadcast {
  /// Runs a float32 kernel.
  func run(_ op: hebb_binary, _ x: UnsafePointer<Float>, _ z: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>) {
    let op = Int32(op.rawValue)
    if rank == 1 {
      ThreadPool.shared.elements(extents[0]) { range in
        var rows = hebb_rows(
          a: x + range.lowerBound * a[0], b: z + range.lowerBound * b[0], y: y + range.lowerBound, rows: 1,
          n: range.count, a_row: 0, b_row: 0, a_step: a[0], b_step: b[0])
        hebb_binary(op, &rows)
      }
    } else {
      forEachBlock { startA, startB, start, range in
        var rows = hebb_rows(
          a: x + startA + range.lowerBound * a[1], b: z + startB + range.lowerBound * b[1],
          y: y + start + range.lowerBound * extents[0], rows: range.count, n: extents[0], a_row: a[1], b_row: b[1],
          a_step: a[0], b_step: b[0])
        hebb_binary(op, &rows)
      }
    }
  }

  /// Runs plain Swift: slow and obvious.
  func run<T>(_ x: UnsafePointer<T>, _ z: UnsafePointer<T>, _ y: UnsafeMutablePointer<T>, _ body: (T, T) -> T) {
    forEachBlock { startA, startB, start, rows in
      for row in rows {
        for i in 0..<extents[0] {
          y[start + row * extents[0] + i] = body(
            x[startA + row * a[1] + i * a[0]], z[startB + row * b[1] + i * b[0]])
        }
      }
    }
  }
}
