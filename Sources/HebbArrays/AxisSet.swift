/// Some axes of a shape.
struct AxisSet {
  private var bits: UInt8 = 0

  init() {}

  /// The given axes, negative ones counted from the back.
  init(_ axes: some Collection<Int>, of shape: Shape) {
    for axis in axes {
      let index = shape.axis(axis)
      require(!contains(index), "the axis \(axis) is named twice for the shape \(shape)")
      insert(index)
    }
  }

  static func all(of shape: Shape) -> AxisSet {
    var axes = AxisSet()
    for axis in 0..<shape.rank { axes.insert(axis) }
    return axes
  }

  mutating func insert(_ axis: Int) { bits |= 1 << UInt8(axis) }
  func contains(_ axis: Int) -> Bool { bits >> UInt8(axis) & 1 != 0 }

  /// The product of the extents of these axes.
  func count(in shape: Shape) -> Int {
    var count = 1
    for axis in 0..<shape.rank where contains(axis) { count *= shape[axis] }
    return count
  }

  /// A shape without these axes, or with an extent of 1 in their place.
  func removed(from shape: Shape, keeping: Bool) -> Shape {
    var result = Shape()
    for axis in 0..<shape.rank {
      if !contains(axis) { result.append(shape[axis]) } else if keeping { result.append(1) }
    }
    return result
  }
}
