/// The type of a body, as in `multipart/form-data; boundary=x`.
///
/// - Source: RFC 9110, section 8.3.
public struct MediaType: Sendable, Hashable, CustomStringConvertible {
  /// Type and subtype in lower case.
  public let name: String
  let parameters: [String: String]

  /// Nil where the text is not of that form.
  public init?(_ text: some StringProtocol) {
    guard let (value, parameters) = FieldValue.parse(text), value.split(separator: "/").count == 2 else { return nil }
    (name, self.parameters) = (value.lowercased(), parameters)
  }

  /// The name, without parameters.
  public var description: String { name }
}

/// Values of header fields with parameters: `word; name=value; name="value"`.
enum FieldValue {
  /// The word and the parameters, whose names are in lower case; nil where the form is another, or a name comes twice.
  static func parse(_ text: some StringProtocol) -> (String, [String: String])? {
    var rest = Substring(text)
    let word = trimmed(rest.prefix { $0 != ";" })
    rest = rest.drop { $0 != ";" }
    guard !word.isEmpty else { return nil }
    var parameters: [String: String] = [:]
    while rest.first == ";" {
      rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
      if rest.isEmpty { break }
      let name = trimmed(rest.prefix { $0 != "=" }).lowercased()
      rest = rest.drop { $0 != "=" }
      guard !name.isEmpty, rest.popFirst() != nil, let value = takeValue(&rest), parameters[name] == nil else {
        return nil
      }
      parameters[name] = value
      rest = rest.drop { $0 == " " || $0 == "\t" }
    }
    return rest.isEmpty ? (String(word), parameters) : nil
  }

  /// A plain word, or one in quotes in which a backslash stands before a quote or a backslash.
  private static func takeValue(_ rest: inout Substring) -> String? {
    guard rest.first == "\"" else {
      let value = trimmed(rest.prefix { $0 != ";" })
      rest = rest.drop { $0 != ";" }
      return value.contains("\"") ? nil : String(value)
    }
    rest.removeFirst()
    var value = ""
    while let character = rest.popFirst() {
      switch character {
      case "\"": return value
      // Browsers send the backslashes of names as they are.
      case "\\" where rest.first == "\"" || rest.first == "\\": value.append(rest.removeFirst())
      default: value.append(character)
      }
    }
    return nil
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop { $0 == " " || $0 == "\t" }
    while text.last == " " || text.last == "\t" { text.removeLast() }
    return text
  }
}
