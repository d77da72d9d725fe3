import HebbOCR
import HebbPlots
import HebbServer

/// What somebody wants to have read.
struct OCRRequest {
  let pictures: [(name: String, bytes: [UInt8])]
  let format: ReadingFormat
  let isLine: Bool
  let alphabet: String?

  private static let options = ["format", "line", "alphabet"]
  /// The bytes of an option's value, at most: enough for any alphabet.
  private static let optionLimit = 100_000

  /// Pictures are the body or the files of a form; options stand behind the question mark, or in further fields of a form.
  init(_ call: Call) throws(Refusal) {
    guard !call.body.isEmpty else { throw Refusal(400, "the body is empty; send a PNG or JPEG picture") }
    var options = call.query
    if let type = call.type, type.name == "multipart/form-data" {
      let parts = try Multipart(call.body, type: type).parts
      pictures = parts.filter { $0.file != nil }.enumerated().map { number, part in
        (OCRRequest.name(part.file ?? "") ?? "picture \(number + 1)", Array(part.body))
      }
      for part in parts where part.file == nil {
        guard part.body.count <= OCRRequest.optionLimit else {
          let field = String(part.field.prefix(40)).printable
          throw Refusal(400, "the field “\(field)” is longer than an option; send pictures with a file name")
        }
        options[part.field] = String(decoding: part.body, as: UTF8.self)
      }
    } else {
      pictures = [("picture", call.body)]
    }
    guard !pictures.isEmpty else { throw Refusal(400, "the form has no file; send a PNG or JPEG picture") }
    if let name = options.keys.sorted().first(where: { !OCRRequest.options.contains($0) }) {
      let known = OCRRequest.options.joined(separator: ", ")
      throw Refusal(400, "there is no option “\(String(name.prefix(40)).printable)”; use \(known)")
    }
    guard let format = ReadingFormat(rawValue: options["format"] ?? "text") else {
      throw Refusal(400, "there is no such format; use text, tsv, json or hocr")
    }
    guard let isLine = ["0": false, "1": true][options["line"] ?? "0"] else {
      throw Refusal(400, "line is 0 or 1")
    }
    (self.format, self.isLine) = (format, isLine)
    alphabet = options["alphabet"]
  }

  /// A file's name without folders and without what cannot be printed; nil where nothing is left.
  private static func name(_ text: String) -> String? {
    let name = text.split { $0 == "/" || $0 == "\\" }.last.map { String($0).printable } ?? ""
    return name.isEmpty ? nil : String(name.prefix(200))
  }
}
