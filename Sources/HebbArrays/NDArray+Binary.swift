import CHebbKernels

extension NDArray {
  /// A function of two arrays, element by element: a kernel for float32, plain Swift for the other types.
  static func binary(
    _ name: StaticString, _ op: hebb_binary, _ a: NDArray, _ b: NDArray, _ double: (Double, Double) -> Double,
    _ int32: ((Int32, Int32) -> Int32)? = nil
  ) -> NDArray {
    require(a.dtype == b.dtype, "\(name): the elements \(a.dtype) \(a.shape) and \(b.dtype) \(b.shape) differ")
    if a.dtype == .float32, a.shape == b.shape {
      let result = NDArray(uninitialized: a.shape, .float32)
      runAlike(op, a.pointer(), 1, b.pointer(), 1, result.mutablePointer(), a.count)
      return result
    }
    guard let plan = Broadcast(a.shape, b.shape) else {
      fatalError("\(name): the shapes \(a.shape) and \(b.shape) do not broadcast")
    }
    let result = NDArray(uninitialized: plan.shape, a.dtype)
    switch a.dtype {
    case .float32: plan.run(op, a.pointer(), b.pointer(), result.mutablePointer())
    case .float64: plan.run(a.pointer(), b.pointer(), result.mutablePointer(), double)
    case .int32, .uint8:
      guard let int32, a.dtype == .int32 else { fatalError("\(name) is not made for \(a.dtype) elements") }
      plan.run(a.pointer(), b.pointer(), result.mutablePointer(), int32)
    }
    return result
  }

  /// A function of each element and one number, which is rounded to the element type.
  static func binary(
    _ name: StaticString, _ op: hebb_binary, _ a: NDArray, _ b: Double, _ double: (Double, Double) -> Double,
    _ int32: ((Int32, Int32) -> Int32)? = nil
  ) -> NDArray {
    guard a.dtype == .float32 else { return binary(name, op, a, full([], b, dtype: a.dtype), double, int32) }
    let result = NDArray(uninitialized: a.shape, .float32)
    withUnsafePointer(to: Float(b)) { runAlike(op, a.pointer(), 1, $0, 0, result.mutablePointer(), a.count) }
    return result
  }

  @inline(__always)
  private static func runAlike(
    _ op: hebb_binary, _ a: UnsafePointer<Float>, _ stepA: Int, _ b: UnsafePointer<Float>, _ stepB: Int,
    _ y: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    ThreadPool.shared.elements(count) { range in
      let start = range.lowerBound
      var rows = hebb_rows(
        a: a + start, b: b + start * stepB, y: y + start, rows: 1, n: range.count, a_row: 0, b_row: 0, a_step: stepA,
        b_step: stepB)
      hebb_binary(Int32(op.rawValue), &rows)
    }
  }
}
