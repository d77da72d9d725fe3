/// A JSON value: what headers of files, configurations and the history of a run are written in.
///
/// Members of an object keep their order, and a name that comes twice is an error: two readers could take different ones.
///
/// - Source: RFC 8259.
package enum JSON: Sendable, Hashable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([JSON])
  case object([Member])

  package struct Member: Sendable, Hashable {
    package let name: String
    package let value: JSON

    package init(_ name: String, _ value: JSON) {
      self.name = name
      self.value = value
    }
  }

  /// The value of a member of an object.
  package subscript(name: String) -> JSON? { members?.first { $0.name == name }?.value }

  package var members: [Member]? { if case .object(let members) = self { members } else { nil } }
  package var elements: [JSON]? { if case .array(let elements) = self { elements } else { nil } }
  package var string: String? { if case .string(let string) = self { string } else { nil } }
  package var integer: Int? { if case .integer(let integer) = self { integer } else { nil } }
  package var double: Double? {
    switch self {
    case .integer(let integer): Double(integer)
    case .number(let number): number
    default: nil
    }
  }
}

extension JSON: CustomStringConvertible {
  /// The value as JSON text without spaces. Numbers that JSON cannot write, infinities and NaN, become `null`.
  package var description: String {
    switch self {
    case .null: "null"
    case .bool(let bool): bool ? "true" : "false"
    case .integer(let integer): String(integer)
    case .number(let number): number.isFinite ? String(number) : "null"
    case .string(let string): JSON.quoted(string)
    case .array(let elements): "[" + elements.map(\.description).joined(separator: ",") + "]"
    case .object(let members):
      "{" + members.map { JSON.quoted($0.name) + ":" + $0.value.description }.joined(separator: ",") + "}"
    }
  }

  private static func quoted(_ string: String) -> String {
    var text = "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{0}"..."\u{1F}":
        text += scalar.value < 16 ? "\\u000" : "\\u00"
        text += String(scalar.value, radix: 16)
      // Not asked for by the standard, but a terminal takes these for commands too.
      case "\u{7F}"..."\u{9F}": text += "\\u00" + String(scalar.value, radix: 16)
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }
}
