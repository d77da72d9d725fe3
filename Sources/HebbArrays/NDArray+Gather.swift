// Picking elements by number: every number is checked, and sums are added in the order of the numbers.

extension NDArray {
  /// Rows of this table by number: `[v, d…]` and int32 numbers of any shape give `[numbers…, d…]`.
  public func gathered(rows numbers: NDArray) -> NDArray {
    require(rank >= 1, "gathered: a single number has no rows")
    let (_, extent, width) = shape.split(at: 0)
    var target = numbers.shape
    for axis in 1..<Swift.max(rank, 1) { target.append(shape[axis]) }
    let out = NDArray(uninitialized: target, dtype)
    let (source, goal) = (bytes, out.bytes)
    let index = numbers.pointer(to: Int32.self)
    let rowBytes = width * dtype.byteCount
    let piece = Swift.max(1, 8_192 / Swift.max(width, 1))
    shareWork((numbers.count + piece - 1) / piece, elements: target.count) { part in
      for i in part * piece..<Swift.min(numbers.count, (part + 1) * piece) {
        let row = checked(index[i], extent, "gathered")
        (goal + i * rowBytes).copyMemory(from: source + row * rowBytes, byteCount: rowBytes)
      }
    }
    return out
  }

  /// The gradient of ``gathered(rows:)``: a table of `count` rows, each the sum of this array's rows of that number.
  package func scatterAdded(rows numbers: NDArray, count rowCount: Int) -> NDArray {
    require(
      rank >= numbers.rank && Shape(shape.prefix(numbers.rank)) == numbers.shape,
      "scatterAdded: \(shape) does not begin with the shape of its numbers, \(numbers.shape)")
    var target: Shape = [rowCount]
    for axis in numbers.rank..<rank { target.append(shape[axis]) }
    var out = NDArray.zeros(target, dtype: dtype)
    if dtype == .float32 {
      out.addRows(of: self, numbers, Float.self)
    } else {
      out.addRows(of: self, numbers, Double.self)
    }
    return out
  }

  /// Threads share the columns, so that each sum runs in index order.
  private mutating func addRows<T: Scalar>(of source: NDArray, _ numbers: NDArray, _: T.Type) {
    let (_, extent, width) = shape.split(at: 0)
    let x = source.pointer(to: T.self)
    let y = mutablePointer(to: T.self)
    let index = numbers.pointer(to: Int32.self)
    let band = 64
    shareWork((width + band - 1) / band, elements: source.count) { piece in
      let columns = piece * band..<Swift.min(width, (piece + 1) * band)
      for i in 0..<numbers.count {
        let from = x + i * width
        let to = y + checked(index[i], extent, "scatterAdded") * width
        for c in columns { to[c] += from[c] }
      }
    }
  }

  /// One element of each row: of `[rows…, n]`, the one that int32 numbers of shape `[rows…]` name.
  public func gathered(alongLastAxis numbers: NDArray) -> NDArray {
    require(
      rank >= 1 && shape.removing(-1) == numbers.shape,
      "gathered: \(numbers.shape) does not number the rows of \(shape)")
    var view = NDArray(uninitialized: numbers.shape, dtype)
    switch dtype {
    case .float32: view.pick(self, numbers, Float.self)
    case .float64: view.pick(self, numbers, Double.self)
    case .int32: view.pick(self, numbers, Int32.self)
    case .uint8: view.pick(self, numbers, UInt8.self)
    }
    return view
  }

  private mutating func pick<T: Scalar>(_ source: NDArray, _ numbers: NDArray, _: T.Type) {
    let (x, y, index) = (source.pointer(to: T.self), mutablePointer(to: T.self), numbers.pointer(to: Int32.self))
    let width = source.shape.innermost
    for i in 0..<count { y[i] = x[i * width + checked(index[i], width, "gathered")] }
  }

  /// The gradient of ``gathered(alongLastAxis:)``: rows of `width` zeros with this array's elements at their places.
  package func scattered(alongLastAxis numbers: NDArray, width: Int) -> NDArray {
    require(shape == numbers.shape, "scattered: \(shape) elements for \(numbers.shape) numbers")
    var target = shape
    target.append(width)
    var out = NDArray.zeros(target, dtype: dtype)
    switch dtype {
    case .float32: out.place(self, numbers, Float.self)
    case .float64: out.place(self, numbers, Double.self)
    case .int32: out.place(self, numbers, Int32.self)
    case .uint8: out.place(self, numbers, UInt8.self)
    }
    return out
  }

  private mutating func place<T: Scalar>(_ source: NDArray, _ numbers: NDArray, _: T.Type) {
    let (x, y, index) = (source.pointer(to: T.self), mutablePointer(to: T.self), numbers.pointer(to: Int32.self))
    let width = shape.innermost
    for i in 0..<numbers.count { y[i * width + checked(index[i], width, "scattered")] = x[i] }
  }

  /// Rows of `classes` numbers, 1 at the place that an int32 label names and 0 elsewhere: `[n…]` → `[n…, classes]`.
  public func oneHot(classes: Int, dtype target: DType = .float32) -> NDArray {
    NDArray.ones(shape, dtype: target).scattered(alongLastAxis: self, width: classes)
  }
}

@inline(__always)
private func checked(_ index: Int32, _ extent: Int, _ operation: StaticString) -> Int {
  require(index >= 0 && index < extent, "\(operation): the index \(index) is outside of an extent of \(extent)")
  return Int(index)
}
