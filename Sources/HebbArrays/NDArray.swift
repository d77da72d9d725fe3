/// An array of numbers: an immutable value with a shape and an element type.
///
/// Elements lie contiguously, the last axis fastest, at 64-byte aligned addresses of pooled memory. Reshaping and slicing
/// the leading axis share memory; everything else makes a new array. A copy costs one reference.
public struct NDArray: @unchecked Sendable {
  // Sendable: bytes change only while one array holds the only reference to them.
  var storage: Storage
  /// Where the first element lies, in elements.
  let offset: Int
  /// The extents of the axes, the slowest first.
  public let shape: Shape
  /// The type of the elements.
  public let dtype: DType

  init(storage: Storage, offset: Int = 0, shape: Shape, dtype: DType) {
    self.storage = storage
    self.offset = offset
    self.shape = shape
    self.dtype = dtype
  }

  /// An array whose elements hold whatever the memory held: to be filled by the op that makes it.
  init(uninitialized shape: Shape, _ dtype: DType) {
    self.init(storage: Storage.make(byteCount: shape.count * dtype.byteCount), shape: shape, dtype: dtype)
  }

  /// How many elements there are.
  public var count: Int { shape.count }
  /// How many axes there are.
  public var rank: Int { shape.rank }
}

// MARK: - Making arrays

extension NDArray {
  /// The given elements, in row-major order.
  public init<T: Scalar>(_ elements: some Collection<T>, shape: Shape) {
    require(elements.count == shape.count, "\(elements.count) elements do not fill the shape \(shape)")
    self.init(uninitialized: shape, T.dtype)
    mutate { (out: UnsafeMutableBufferPointer<T>) in _ = out.initialize(fromContentsOf: elements) }
  }

  /// The given elements, as a vector.
  public init<T: Scalar>(_ elements: [T]) { self.init(elements, shape: [elements.count]) }

  /// A single number, of shape `[]`.
  public init<T: Scalar>(_ scalar: T) { self.init(CollectionOfOne(scalar), shape: []) }

  /// An array that `fill` writes, every element of it.
  public init<T: Scalar>(shape: Shape, of type: T.Type = T.self, fill: (UnsafeMutableBufferPointer<T>) throws -> Void)
    rethrows
  {
    self.init(uninitialized: shape, T.dtype)
    try mutate(fill)
  }

  /// One value everywhere, rounded to the element type.
  public static func full(_ shape: Shape, _ value: Double, dtype: DType = .float32) -> NDArray {
    switch dtype {
    case .float32: filled(shape, with: Float(rounding: value))
    case .float64: filled(shape, with: value)
    case .int32: filled(shape, with: Int32(rounding: value))
    case .uint8: filled(shape, with: UInt8(rounding: value))
    }
  }

  private static func filled<T: Scalar>(_ shape: Shape, with value: T) -> NDArray {
    NDArray(shape: shape) { (out: UnsafeMutableBufferPointer<T>) in out.update(repeating: value) }
  }

  /// 0 everywhere.
  public static func zeros(_ shape: Shape, dtype: DType = .float32) -> NDArray { full(shape, 0, dtype: dtype) }
  /// 1 everywhere.
  public static func ones(_ shape: Shape, dtype: DType = .float32) -> NDArray { full(shape, 1, dtype: dtype) }

  /// The numbers 0, 1, … below `count`.
  public static func range(_ count: Int, dtype: DType = .int32) -> NDArray {
    NDArray((0..<count).map(Int32.init)).cast(to: dtype)
  }
}

// MARK: - Reading elements

extension NDArray {
  /// Calls `body` with the elements in row-major order. `T` must be the element type.
  public func read<T: Scalar, R: ~Copyable, E: Error>(
    _ body: (UnsafeBufferPointer<T>) throws(E) -> R
  ) throws(E) -> R {
    try body(UnsafeBufferPointer(start: pointer(to: T.self), count: count))
  }

  /// Calls `body` with the elements, to be written. Memory that is shared is copied first.
  public mutating func mutate<T: Scalar, R: ~Copyable, E: Error>(
    _ body: (UnsafeMutableBufferPointer<T>) throws(E) -> R
  ) throws(E) -> R {
    makeUnique()
    return try body(UnsafeMutableBufferPointer(start: mutablePointer(to: T.self), count: count))
  }

  /// The elements, row by row.
  public func elements<T: Scalar>(as type: T.Type = T.self) -> [T] { read { (x: UnsafeBufferPointer<T>) in Array(x) } }

  /// The one element of an array that has only one, as a `Double`.
  public var scalar: Double {
    require(count == 1, "an array of shape \(shape) is not a single number")
    return element(0)
  }

  /// The element at a position in row-major order, as a `Double`. For loops, use ``read(_:)``.
  public func element(_ index: Int) -> Double {
    require(index >= 0 && index < count, "element \(index) is outside of an array of \(count) elements")
    switch dtype {
    case .float32: return pointer(to: Float.self)[index].double
    case .float64: return pointer(to: Double.self)[index]
    case .int32: return pointer(to: Int32.self)[index].double
    case .uint8: return pointer(to: UInt8.self)[index].double
    }
  }
}

// MARK: - Memory

extension NDArray {
  /// The first element, for ops to read from. Valid while the array lives.
  func pointer<T: Scalar>(to type: T.Type = T.self) -> UnsafePointer<T> {
    require(T.dtype == dtype, "elements are \(dtype), not \(T.dtype)")
    return UnsafePointer(storage.pointer.assumingMemoryBound(to: T.self) + offset)
  }

  /// The first element, for an op to write to: only into memory that nobody else holds.
  func mutablePointer<T: Scalar>(to type: T.Type = T.self) -> UnsafeMutablePointer<T> {
    require(T.dtype == dtype, "elements are \(dtype), not \(T.dtype)")
    return storage.pointer.assumingMemoryBound(to: T.self) + offset
  }

  /// Gives this array memory of its own, to be written to.
  mutating func makeUnique() {
    guard !isKnownUniquelyReferenced(&storage) else {
      storage.forms?.forget()
      return
    }
    let copy = NDArray(uninitialized: shape, dtype)
    let start = storage.pointer + offset * dtype.byteCount
    copy.storage.pointer.copyMemory(from: start, byteCount: count * dtype.byteCount)
    self = copy
  }
}

extension NDArray: CustomStringConvertible {
  /// Shape, element type and the first elements.
  public var description: String {
    let shown = (0..<Swift.min(count, 8)).map { String(element($0)) }.joined(separator: ", ")
    return "NDArray \(shape) \(dtype): \(shown)\(count > 8 ? ", …" : "")"
  }
}
