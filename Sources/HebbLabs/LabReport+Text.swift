import HebbArrays
import HebbPlots

extension LabReport {
  /// The report for the terminal: the question, the tables, and what to see in them.
  public func text(of lab: any Lab) -> String {
    var parts = [lab.question]
    parts += sections.map { "\($0.heading)\n\n\($0.table)" }
    parts.append((["What to see"] + sentences.map { "• \($0)" }).joined(separator: "\n"))
    return parts.joined(separator: "\n\n")
  }

  /// The report as one line of JSON.
  ///
  /// - Parameter pictures: where the pictures were written, without the ends of their names.
  public func json(of lab: any Lab, seed: UInt64, pictures: [String]) -> String {
    let tables = sections.map { section in
      JSON.object([
        .init("heading", .string(section.heading)),
        .init("header", .strings(section.table.header)),
        .init("rows", .array(section.table.rows.map(JSON.strings))),
      ])
    }
    let report = JSON.object([
      .init("lab", .string(lab.name)), .init("question", .string(lab.question)), .init("seed", .string("\(seed)")),
      .init("tables", .array(tables)), .init("sentences", .strings(sentences)), .init("pictures", .strings(pictures)),
    ])
    return report.description
  }
}

extension Labs {
  /// The experiments as one line of JSON.
  public static var json: String {
    let list = all.map { lab in
      JSON.object([
        .init("lab", .string(lab.name)), .init("title", .string(lab.title)), .init("question", .string(lab.question)),
      ])
    }
    return JSON.array(list).description
  }
}

extension JSON {
  fileprivate static func strings(_ strings: [String]) -> JSON { .array(strings.map(JSON.string)) }
}
