extension JSON {
  /// Nested values deeper than this are refused, so that a hostile file cannot overflow the stack.
  package static let maximumDepth = 64

  /// Reads JSON text in UTF-8.
  ///
  /// - Parameters:
  ///   - file: what errors call the text's file.
  ///   - start: where in the file the text begins.
  ///   - part: what errors call the text where it is only a part of the file; bytes are counted from its beginning then.
  package init(
    parsing bytes: [UInt8], file: String, startingAt start: Int = 0, part: String? = nil
  ) throws(DataError) {
    var parser = JSONParser(bytes: bytes, file: file, start: start, part: part)
    self = try parser.document()
  }
}

/// A strict reader of JSON, byte by byte.
private struct JSONParser {
  let bytes: [UInt8]
  let file: String
  let start: Int
  let part: String?
  var position = 0

  init(bytes: [UInt8], file: String, start: Int, part: String?) {
    (self.bytes, self.file, self.start, self.part) = (bytes, file, start, part)
  }

  mutating func document() throws(DataError) -> JSON {
    let value = try value(depth: 0)
    skipSpace()
    guard position == bytes.count else { throw failure("there is more after its end") }
    return value
  }

  private mutating func value(depth: Int) throws(DataError) -> JSON {
    guard depth <= JSON.maximumDepth else { throw failure("values are nested more than \(JSON.maximumDepth) deep") }
    skipSpace()
    switch peek() {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func object(depth: Int) throws(DataError) -> JSON {
    var members: [JSON.Member] = []
    var names: Set<String> = []
    position += 1
    skipSpace()
    if take("}") { return .object([]) }
    while true {
      skipSpace()
      guard peek() == UInt8(ascii: "\"") else { throw failure("the name of a member is missing") }
      let name = try string()
      guard names.insert(name).inserted else { throw failure("the name “\(name)” comes twice") }
      skipSpace()
      guard take(":") else { throw failure("a colon is missing") }
      members.append(JSON.Member(name, try value(depth: depth + 1)))
      skipSpace()
      if take("}") { return .object(members) }
      guard take(",") else { throw failure("a comma or } is missing") }
    }
  }

  private mutating func array(depth: Int) throws(DataError) -> JSON {
    var elements: [JSON] = []
    position += 1
    skipSpace()
    if take("]") { return .array([]) }
    while true {
      elements.append(try value(depth: depth + 1))
      skipSpace()
      if take("]") { return .array(elements) }
      guard take(",") else { throw failure("a comma or ] is missing") }
    }
  }

  private mutating func number() throws(DataError) -> JSON {
    let first = position
    _ = take("-")
    let whole = digits()
    guard whole == 1 || whole > 1 && bytes[position - whole] != UInt8(ascii: "0") else {
      throw failure("a value is missing or malformed")
    }
    var isWhole = true
    if take(".") {
      isWhole = false
      guard digits() > 0 else { throw failure("digits after the point are missing") }
    }
    if take("e") || take("E") {
      isWhole = false
      _ = take("+") || take("-")
      guard digits() > 0 else { throw failure("digits of the exponent are missing") }
    }
    let text = String(decoding: bytes[first..<position], as: UTF8.self)
    if isWhole, let integer = Int(text) { return .integer(integer) }
    guard let number = Double(text), number.isFinite else { throw failure("the number is too large") }
    return .number(number)
  }

  private mutating func digits() -> Int {
    let first = position
    while let byte = peek(), byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { position += 1 }
    return position - first
  }

  private mutating func string() throws(DataError) -> String {
    position += 1
    var text: [UInt8] = []
    while let byte = peek() {
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else { throw failure("text is not UTF-8") }
        return string
      case UInt8(ascii: "\\"): text += try escape()
      case 0..<32: throw failure("a control character stands in text")
      default: text.append(byte)
      }
    }
    throw failure("the end of text is missing")
  }

  /// The bytes that an escape stands for; its backslash has been read.
  private mutating func escape() throws(DataError) -> [UInt8] {
    guard let kind = peek() else { throw failure("the end of text is missing") }
    position += 1
    switch kind {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [kind]
    case UInt8(ascii: "b"): return [8]
    case UInt8(ascii: "f"): return [12]
    case UInt8(ascii: "n"): return [10]
    case UInt8(ascii: "r"): return [13]
    case UInt8(ascii: "t"): return [9]
    case UInt8(ascii: "u"):
      var code = try hexadecimal()
      if code >> 10 == 0x36 {  // the first of a surrogate pair
        guard take("\\"), take("u") else { throw failure("half of a surrogate pair is missing") }
        let second = try hexadecimal()
        guard second >> 10 == 0x37 else { throw failure("half of a surrogate pair is missing") }
        code = 0x10000 + (code & 0x3FF) << 10 + second & 0x3FF
      }
      guard let scalar = Unicode.Scalar(code) else { throw failure("half of a surrogate pair is missing") }
      return Array(String(Character(scalar)).utf8)
    default: throw failure("an escape is unknown")
    }
  }

  private mutating func hexadecimal() throws(DataError) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw failure("\\u needs four hexadecimal digits")
      }
      code = code << 4 | UInt32(digit)
      position += 1
    }
    return code
  }

  private mutating func word(_ word: String, _ value: JSON) throws(DataError) -> JSON {
    guard bytes[position...].starts(with: word.utf8) else { throw failure("a value is missing or malformed") }
    position += word.utf8.count
    return value
  }

  private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek() == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek(), byte == 32 || byte == 9 || byte == 10 || byte == 13 { position += 1 }
  }

  private func failure(_ problem: String) -> DataError {
    DataError(
      file, at: part.map { "“\($0)” in its header, byte \(position) of that" } ?? "byte \(start + position)",
      "\(problem) (JSON)", advice: "the file is damaged or not of this kind")
  }
}
