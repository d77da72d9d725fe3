/// The extents of an array, outermost first: `[batch, height, width, channels]` for pictures, `[batch, time, features]`
/// for sequences, `[]` for a single number.
///
/// At most six axes, held inline: making a shape allocates nothing.
public struct Shape: Sendable {
  /// The largest number of axes that an array may have.
  public static let maxRank = 6

  /// How many elements an array of this shape holds.
  public private(set) var count: Int
  // Arrays are copied often: three plain words, two extents in each (none needs more than 31 bits), are copied without a
  // call into the runtime, which an InlineArray's are not.
  private var words: (UInt64, UInt64, UInt64)
  private var axes: UInt8
  /// The number of axes.
  public var rank: Int { Int(axes) }

  /// A shape with the given extents, none of them negative.
  public init(_ extents: some Sequence<Int>) {
    words = (0, 0, 0)
    axes = 0
    count = 1
    for extent in extents { append(extent) }
  }

  /// The shape that a file claims to have; nil where no array has it: too many axes, an extent that is negative or above
  /// 2³¹ − 1, or more elements than can be counted.
  package init?(checking extents: [Int]) {
    guard extents.count <= Shape.maxRank, extents.allSatisfy({ (0...Int(Int32.max)).contains($0) }) else { return nil }
    var count = 1
    for extent in extents {
      let (product, overflow) = count.multipliedReportingOverflow(by: Swift.max(extent, 1))
      guard !overflow else { return nil }
      count = product
    }
    self.init(extents)
  }

  /// The shape of a matrix.
  package init(_ rows: Int, _ columns: Int) {
    self.init(CollectionOfOne(rows))
    append(columns)
  }

  /// Adds an innermost axis.
  public mutating func append(_ extent: Int) {
    require(rank < Shape.maxRank, "a shape has at most \(Shape.maxRank) axes")
    require(extent >= 0 && extent <= Int32.max, "an extent of \(extent) is not within 0 and 2³¹ − 1")
    let placed = UInt64(UInt32(extent)) << (UInt64(axes & 1) * 32)
    switch axes >> 1 {
    case 0: words.0 |= placed
    case 1: words.1 |= placed
    default: words.2 |= placed
    }
    axes += 1
    count *= extent
  }

  /// The axis counted from the front; negative axes count from the back.
  public func axis(_ axis: Int) -> Int {
    let index = axis < 0 ? axis + rank : axis
    require(index >= 0 && index < rank, "axis \(axis) is outside of the shape \(self)")
    return index
  }

  /// This shape with one extent changed.
  public func replacing(_ axis: Int, with extent: Int) -> Shape {
    let index = self.axis(axis)
    var shape = Shape()
    for i in 0..<rank { shape.append(i == index ? extent : self[i]) }
    return shape
  }

  /// This shape without one axis.
  public func removing(_ axis: Int) -> Shape {
    let index = self.axis(axis)
    var shape = Shape()
    for i in 0..<rank where i != index { shape.append(self[i]) }
    return shape
  }

  /// This shape with a new axis before the axis `axis` (`rank` puts it last).
  public func inserting(_ extent: Int, at axis: Int) -> Shape {
    let index = axis < 0 ? axis + rank + 1 : axis
    require(index >= 0 && index <= rank, "no axis can be put at \(axis) of the shape \(self)")
    var shape = Shape()
    for i in 0...rank {
      if i == index { shape.append(extent) }
      if i < rank { shape.append(self[i]) }
    }
    return shape
  }

  /// The product of the extents before (`outer`), at and after (`inner`) an axis.
  public func split(at axis: Int) -> (outer: Int, length: Int, inner: Int) {
    let index = self.axis(axis)
    var outer = 1
    var inner = 1
    for i in 0..<index { outer *= self[i] }
    for i in index + 1..<Swift.max(rank, index + 1) { inner *= self[i] }
    return (outer, self[index], inner)
  }

  /// The shape that both broadcast to, as in NumPy: axes are aligned at the back, and an extent of 1 stretches.
  /// `nil` where they do not fit.
  public func broadcast(with other: Shape) -> Shape? {
    let rank = Swift.max(self.rank, other.rank)
    var shape = Shape()
    for i in 0..<rank {
      let a = i < rank - self.rank ? 1 : self[i - (rank - self.rank)]
      let b = i < rank - other.rank ? 1 : other[i - (rank - other.rank)]
      guard a == b || a == 1 || b == 1 else { return nil }
      shape.append(a == 1 ? b : a)
    }
    return shape
  }
}

extension Shape: Sequence, ExpressibleByArrayLiteral {
  /// The extents, outermost axis first, each 0 or more.
  public init(arrayLiteral elements: Int...) { self.init(elements) }

  /// One extent, counted from the front.
  public subscript(axis: Int) -> Int {
    require(axis >= 0 && axis < rank, "axis \(axis) is outside of a shape of \(rank) axes")
    let word = axis < 2 ? words.0 : axis < 4 ? words.1 : words.2
    return Int(UInt32(truncatingIfNeeded: word >> (UInt64(axis & 1) * 32)))
  }

  /// The extents in order. A shape is no collection: its ``count`` is that of the elements, not of the axes.
  public func makeIterator() -> some IteratorProtocol<Int> { (0..<rank).lazy.map { self[$0] }.makeIterator() }

  /// The innermost extent; 1 for a single number.
  public var innermost: Int { rank == 0 ? 1 : self[rank - 1] }
}

extension Shape: Hashable, CustomStringConvertible {
  public static func == (a: Shape, b: Shape) -> Bool {
    a.axes == b.axes && a.words == b.words
  }
  public func hash(into hasher: inout Hasher) {
    hasher.combine(axes)
    hasher.combine(words.0)
    hasher.combine(words.1)
    hasher.combine(words.2)
  }
  public var description: String { "[" + map(String.init).joined(separator: ", ") + "]" }
}
