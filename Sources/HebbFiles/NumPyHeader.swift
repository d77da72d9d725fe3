import HebbArrays

/// The header of a `.npy` file: a Python dictionary such as `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`.
struct NumPyHeader {
  private var type = ""
  private var isFortran = false
  private var extents: [Int] = []

  /// Reads the dictionary, which must have these three entries and no other.
  init(_ bytes: [UInt8], file: String) throws(DataError) {
    var scanner = Scanner(text: Array(String(decoding: bytes, as: UTF8.self)), file: file)
    var seen: Set<String> = []
    try scanner.expect("{")
    while !scanner.take("}") {
      let key = try scanner.quoted()
      try scanner.expect(":")
      guard seen.insert(key).inserted else { throw scanner.failure("“\(key)” comes twice") }
      switch key {
      case "descr": type = try scanner.quoted()
      case "fortran_order": isFortran = try scanner.boolean()
      case "shape": extents = try scanner.tuple()
      default: throw scanner.failure("“\(key)” is unknown")
      }
      if !scanner.take(",") {
        try scanner.expect("}")
        break
      }
    }
    guard seen.count == 3 else { throw scanner.failure("descr, fortran_order or shape is missing") }
  }

  /// The elements that follow the header.
  func array(_ bytes: [UInt8], at start: Int, file: String) throws(DataError) -> NDArray {
    switch type {
    case "<f4": return try read(bytes, start, file) { (x: UInt32) in Float(bitPattern: x) }
    case "<f8": return try read(bytes, start, file) { (x: UInt64) in Double(bitPattern: x) }
    case "<i4": return try read(bytes, start, file) { (x: UInt32) in Int32(bitPattern: x) }
    case "|u1", "|b1": return try read(bytes, start, file) { (x: UInt8) in x }
    case "|i1": return try read(bytes, start, file) { (x: UInt8) in Int32(Int8(bitPattern: x)) }
    case "<i8":
      return try read(bytes, start, file) { (x: UInt64) throws(DataError) in
        guard let value = Int32(exactly: Int64(bitPattern: x)) else {
          throw DataError(file, "\(Int64(bitPattern: x)) does not fit 32 bits", advice: "save smaller whole numbers")
        }
        return value
      }
    default:
      throw DataError(
        file, at: "header", "elements of type \(type) are not read", advice: "save them as float32, int32 or uint8")
    }
  }

  private func read<Bits: FixedWidthInteger & BitwiseCopyable, T: Scalar>(
    _ bytes: [UInt8], _ start: Int, _ file: String, _ convert: (Bits) throws(DataError) -> T
  ) throws(DataError) -> NDArray {
    let width = MemoryLayout<Bits>.size
    let shape = try checkedShape(
      extents, elementBytes: width, available: bytes.count - start, file: file, place: "header")
    let order = isFortran ? columnOrder(shape) : nil
    var elements: [T] = []
    elements.reserveCapacity(shape.count)
    for i in 0..<shape.count {
      let place = start + (order.map { $0[i] } ?? i) * width
      let bits = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: place, as: Bits.self) }
      elements.append(try convert(Bits(littleEndian: bits)))
    }
    return NDArray(elements, shape: shape)
  }

  /// For each element in our order, where it lies when the first axis runs fastest.
  private func columnOrder(_ shape: Shape) -> [Int] {
    guard shape.count > 0 else { return [] }
    var order = [0]
    var stride = 1
    for extent in shape {
      // Our order lets later axes run faster.
      order = order.flatMap { base in (0..<extent).map { base + $0 * stride } }
      stride *= extent
    }
    return order
  }
}

/// Reads the few Python literals that a header is made of.
private struct Scanner {
  let text: [Character]
  let file: String
  var position = 0

  init(text: [Character], file: String) {
    self.text = text
    self.file = file
  }

  mutating func take(_ character: Character) -> Bool {
    skipSpace()
    guard position < text.count, text[position] == character else { return false }
    position += 1
    return true
  }

  mutating func expect(_ character: Character) throws(DataError) {
    guard take(character) else { throw failure("\(character) is missing") }
  }

  mutating func quoted() throws(DataError) -> String {
    let mark: Character = take("\"") ? "\"" : "'"
    if mark == "'" { try expect("'") }
    guard let end = text[position...].firstIndex(of: mark) else { throw failure("\(mark) is missing") }
    defer { position = end + 1 }
    return String(text[position..<end])
  }

  mutating func boolean() throws(DataError) -> Bool {
    skipSpace()
    for (word, value) in [("True", true), ("False", false)] where text[position...].starts(with: word) {
      position += word.count
      return value
    }
    throw failure("True or False is missing")
  }

  mutating func tuple() throws(DataError) -> [Int] {
    var numbers: [Int] = []
    try expect("(")
    while !take(")") {
      let digits = text[position...].prefix { $0.isASCII && $0.isNumber }
      guard let number = Int(String(digits)), numbers.count < 64 else { throw failure("an extent is malformed") }
      position += digits.count
      numbers.append(number)
      if !take(",") {
        try expect(")")
        break
      }
    }
    return numbers
  }

  private mutating func skipSpace() {
    while position < text.count, text[position].isWhitespace { position += 1 }
  }

  func failure(_ problem: String) -> DataError {
    DataError(file, at: "header", problem, advice: "the file is damaged: save it again with numpy.save")
  }
}
