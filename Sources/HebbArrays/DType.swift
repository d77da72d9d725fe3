/// The type of an array's elements.
public enum DType: UInt8, Sendable, Hashable, CaseIterable {
  /// The type that networks compute in, on the SIMD kernels.
  case float32
  /// Plain generic Swift: slow, obvious, the oracle of every float32 kernel.
  case float64
  /// Labels, token numbers and indices.
  case int32
  /// Pictures as they are read.
  case uint8

  /// The size of one element, in bytes.
  public var byteCount: Int {
    switch self {
    case .float32, .int32: 4
    case .float64: 8
    case .uint8: 1
    }
  }

  /// Whether it is float32 or float64.
  public var isFloatingPoint: Bool { self == .float32 || self == .float64 }
}

/// A Swift type that an array can hold.
public protocol Scalar: Numeric, Comparable, Sendable, BitwiseCopyable {
  /// The element type of arrays that hold it.
  static var dtype: DType { get }
  /// The value as a `Double`, exactly.
  var double: Double { get }
  /// The nearest value of this type; a whole-number type cuts fractions, holds at its ends, and takes NaN for 0.
  init(rounding value: Double)
}

extension Float: Scalar {
  public static var dtype: DType { .float32 }
  public var double: Double { Double(self) }
  /// The nearest value.
  public init(rounding value: Double) { self.init(value) }
}

extension Double: Scalar {
  public static var dtype: DType { .float64 }
  public var double: Double { self }
  /// The nearest value.
  public init(rounding value: Double) { self = value }
}

extension Int32: Scalar {
  public static var dtype: DType { .int32 }
  public var double: Double { Double(self) }
  /// The number without its fraction, held at the ends of the type; NaN becomes 0.
  public init(rounding value: Double) { self = clamped(value) }
}

extension UInt8: Scalar {
  public static var dtype: DType { .uint8 }
  public var double: Double { Double(self) }
  /// The number without its fraction, held at the ends of the type; NaN becomes 0.
  public init(rounding value: Double) { self = clamped(value) }
}

private func clamped<T: FixedWidthInteger>(_ value: Double) -> T {
  guard !value.isNaN else { return 0 }
  if value <= Double(T.min) { return T.min }
  return value >= Double(T.max) ? T.max : T(value)
}
