/// One tensor of a safetensors header.
struct SafetensorsEntry {
  let name: String
  let shape: Shape
  /// The first byte of its elements, counted from the end of the header, and the byte after the last.
  let from: Int
  let to: Int
  private let kind: Kind

  /// The element types of the format that are read.
  private enum Kind: String {
    case float64 = "F64"
    case float32 = "F32"
    case float16 = "F16"
    case bfloat16 = "BF16"
    case int64 = "I64"
    case int32 = "I32"
    case uint8 = "U8"
    case bool = "BOOL"

    var byteCount: Int {
      switch self {
      case .float64, .int64: 8
      case .float32, .int32: 4
      case .float16, .bfloat16: 2
      case .uint8, .bool: 1
      }
    }
  }

  /// Checks what a header says of a tensor, except how it lies to the others.
  init(_ member: JSON.Member, file: String) throws(DataError) {
    func failure(_ problem: String) -> DataError {
      DataError(file, at: "tensor “\(member.name)”", problem, advice: "the file is damaged or not supported")
    }
    guard let dtype = member.value["dtype"]?.string, let shape = member.value["shape"]?.elements,
      let offsets = member.value["data_offsets"]?.elements
    else { throw failure("dtype, shape or data_offsets is missing") }
    guard let kind = Kind(rawValue: dtype) else { throw failure("elements of type \(dtype) are not supported") }
    let extents = shape.compactMap(\.integer)
    guard extents.count == shape.count, extents.allSatisfy({ $0 >= 0 }) else {
      throw failure("an extent is not a whole number of zero or more")
    }
    guard extents.count <= Shape.maxRank else {
      throw failure("\(extents.count) axes are more than the \(Shape.maxRank) that an array may have")
    }
    guard offsets.count == 2, let from = offsets[0].integer, let to = offsets[1].integer, from >= 0, to >= from else {
      throw failure("data_offsets is not a pair of rising positions")
    }
    guard let claimed = Shape(checking: extents) else {
      throw failure("the shape \(extents) has more bytes than any file")
    }
    let (needed, overflow) = claimed.count.multipliedReportingOverflow(by: kind.byteCount)
    guard !overflow, needed == to - from else {
      throw failure("the shape \(extents) of \(dtype) needs \(needed) bytes, but has \(to - from)")
    }
    name = member.name
    self.shape = claimed
    self.from = from
    self.to = to
    self.kind = kind
  }

  /// The tensor's elements from a file whose header ends at `start`.
  func read(from file: InputFile, at start: Int) throws(DataError) -> NDArray {
    let place = start + from
    switch kind {
    case .float64: return try plain(Double.self, file, place)
    case .float32: return try plain(Float.self, file, place)
    case .int32: return try plain(Int32.self, file, place)
    case .uint8, .bool: return try plain(UInt8.self, file, place)
    case .float16: return try converted(UInt16.self, file, place) { Float(halfBits: $0) }
    case .bfloat16: return try converted(UInt16.self, file, place) { Float(bitPattern: UInt32($0) << 16) }
    case .int64:
      return try converted(Int64.self, file, place) { (value) throws(DataError) in
        guard let small = Int32(exactly: value) else {
          throw DataError(
            file.path, at: "tensor “\(name)”", "\(value) does not fit 32 bits", advice: "store smaller whole numbers")
        }
        return small
      }
    }
  }

  private func plain<T: Scalar>(_: T.Type, _ file: InputFile, _ place: Int) throws(DataError) -> NDArray {
    var array = NDArray(uninitialized: shape, T.dtype)
    try array.mutate { (out: UnsafeMutableBufferPointer<T>) throws(DataError) in
      try file.read(into: UnsafeMutableRawBufferPointer(out), at: place)
    }
    return array
  }

  private func converted<From: BitwiseCopyable, To: Scalar>(
    _: From.Type, _ file: InputFile, _ place: Int, _ convert: (From) throws(DataError) -> To
  ) throws(DataError) -> NDArray {
    let bytes = try file.bytes(at: place, count: to - from)
    var array = NDArray(uninitialized: shape, To.dtype)
    try array.mutate { (out: UnsafeMutableBufferPointer<To>) throws(DataError) in
      for i in out.indices {
        let value = bytes.withUnsafeBytes {
          $0.loadUnaligned(fromByteOffset: i * MemoryLayout<From>.size, as: From.self)
        }
        out[i] = try convert(value)
      }
    }
    return array
  }
}

extension Float {
  /// The value of an IEEE half-precision number, exactly.
  init(halfBits bits: UInt16) {
    let sign = UInt32(bits & 0x8000) << 16
    let exponent = UInt32(bits >> 10 & 31)
    let fraction = UInt32(bits & 0x3FF)
    switch exponent {
    case 0:  // zero and denormals: fraction · 2⁻²⁴
      let magnitude = Float(fraction) * 0x1p-24
      self = sign == 0 ? magnitude : -magnitude
    case 31: self.init(bitPattern: sign | 0x7F80_0000 | fraction << 13)
    default: self.init(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
  }

  /// The IEEE half-precision number nearest to this one, of two equally near that whose last bit is 0.
  var halfBits: UInt16 {
    let sign = UInt16(bitPattern >> 16 & 0x8000)
    let magnitude = self.magnitude
    if isNaN { return sign | 0x7E00 }
    if magnitude < 0x1p-14 {  // denormals: whole multiples of 2⁻²⁴
      return sign | UInt16((magnitude * 0x1p24).rounded(.toNearestOrEven))
    }
    guard magnitude < 65520 else { return sign | 0x7C00 }
    let bits = magnitude.bitPattern
    // Half of the last place that is left, a little less where that place is 0.
    let rounded = bits + 0xFFF + (bits >> 13 & 1)
    return sign | UInt16((rounded >> 13) - (112 << 10))
  }
}
