/// The parts of a `multipart/form-data` body: the files and fields of a form.
///
/// Strict: what is not exactly of that form is refused as a whole, and there are limits to parts and to their headers.
///
/// - Source: RFC 7578 and RFC 2046, section 5.1.
public struct Multipart: Sendable {
  /// A file or a field.
  public struct Part: Sendable {
    /// The name of the form's field.
    public let field: String
    /// Of a file; nil for other fields.
    public let file: String?
    /// The file's bytes, or the field's value.
    public let body: ArraySlice<UInt8>
  }

  /// In the form's order.
  public let parts: [Part]

  private static let partLimit = 1000
  private static let headLimit = 4096

  /// Takes a body apart.
  ///
  /// - Parameter type: the request's `Content-Type`, which names the boundary.
  /// - Throws: ``Refusal`` (400) where the body is damaged.
  public init(_ body: [UInt8], type: MediaType) throws(Refusal) {
    guard let boundary = type.parameters["boundary"], (1...70).contains(boundary.utf8.count) else {
      throw Multipart.damaged("its type names no boundary")
    }
    let delimiter = Array("\r\n--\(boundary)".utf8)
    // The first delimiter may stand at the very beginning, where no line ends before it.
    var rest: ArraySlice<UInt8>
    if body.starts(with: delimiter.dropFirst(2)) {
      rest = body.dropFirst(delimiter.count - 2)
    } else if let start = Multipart.find(delimiter, in: body[...]) {
      rest = body[(start + delimiter.count)...]
    } else {
      throw Multipart.damaged("its boundary does not occur")
    }
    var parts: [Part] = []
    while !rest.starts(with: Array("--".utf8)) {
      guard parts.count < Multipart.partLimit else { throw Multipart.damaged("it has too many parts") }
      guard rest.starts(with: Multipart.lineEnd) else { throw Multipart.damaged("a boundary goes on") }
      // With the end of the line before, since a part may have no header fields.
      guard let end = Multipart.find(Multipart.headEnd, in: rest.prefix(Multipart.headLimit)) else {
        throw Multipart.damaged("the header of part \(parts.count + 1) does not end")
      }
      let start = end + Multipart.headEnd.count
      guard let next = Multipart.find(delimiter, in: body[(start - 2)...]) else {
        throw Multipart.damaged("part \(parts.count + 1) does not end")
      }
      let content = next < start ? body[start..<start] : body[start..<next]
      parts.append(try Multipart.part(head: rest[rest.startIndex..<end], content, number: parts.count + 1))
      rest = body[(next + delimiter.count)...]
    }
    self.parts = parts
  }

  private static let lineEnd = Array("\r\n".utf8)
  private static let headEnd = Array("\r\n\r\n".utf8)

  private static func part(
    head: ArraySlice<UInt8>, _ body: ArraySlice<UInt8>, number: Int
  ) throws(Refusal) -> Part {
    guard let text = String(validating: head, as: UTF8.self) else {
      throw damaged("the header of part \(number) is not UTF-8")
    }
    let lines = text.split(separator: "\r\n")
    let values = lines.filter { $0.lowercased().hasPrefix("content-disposition:") }
    guard values.count == 1, let (kind, parameters) = FieldValue.parse(values[0].drop { $0 != ":" }.dropFirst()),
      kind.lowercased() == "form-data", let name = parameters["name"]
    else {
      throw damaged("part \(number) does not name its field")
    }
    return Part(field: name, file: parameters["filename"], body: body)
  }

  /// Where bytes begin that occur in others.
  private static func find(_ bytes: [UInt8], in others: ArraySlice<UInt8>) -> Int? {
    let first = bytes[0]
    var start = others.startIndex
    while let place = others[start...].firstIndex(of: first), place + bytes.count <= others.endIndex {
      if others[place...].starts(with: bytes) { return place }
      start = place + 1
    }
    return nil
  }

  private static func damaged(_ problem: String) -> Refusal {
    Refusal(400, "the form's body is damaged: \(problem); send it as multipart/form-data")
  }
}
