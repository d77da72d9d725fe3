import HebbArrays

/// A value of a network file, with the place where it stands, so that every error can point at it.
///
/// YAML files and the JSON text inside of model files both become such trees; one reader serves both.
package struct SpecNode: Sendable {
  /// What errors call the file.
  package let file: String
  /// Where in the file: "line 7", or the path through a JSON text.
  package let place: String
  package let value: Value

  package enum Value: Sendable {
    case null
    case flag(Bool)
    case integer(Int)
    case number(Double)
    case text(String)
    case list([SpecNode])
    case entries([Entry])
  }

  /// A named value; the name has a place of its own.
  package struct Entry: Sendable {
    package let name: SpecNode
    package let value: SpecNode

    /// The name as text; names that read as numbers are text too.
    package var key: String { name.shown }
  }

  package init(_ value: Value, file: String, place: String) {
    self.value = value
    self.file = file
    self.place = place
  }

  /// The value in a few words, for errors.
  package var shown: String {
    switch value {
    case .null: "nothing"
    case .flag(let flag): String(flag)
    case .integer(let integer): String(integer)
    case .number(let number): String(number)
    case .text(let text): text.count > 40 ? text.prefix(40) + "…" : text
    case .list: "a list"
    case .entries: "a group of settings"
    }
  }

  /// An error at this place.
  package func failure(_ problem: String, advice: String) -> DataError {
    DataError(file, at: place, problem, advice: advice)
  }

  /// The error that something else was expected here.
  package func expected(_ what: String) -> DataError {
    let found =
      switch value {
      case .null, .list, .entries: shown
      default: "“\(shown)”"
      }
    return failure("expected \(what), found \(found)", advice: "write \(what) there")
  }
}

extension SpecNode {
  /// The tree as JSON, as it is kept in a model's file.
  package var json: JSON {
    switch value {
    case .null: .null
    case .flag(let flag): .bool(flag)
    case .integer(let integer): .integer(integer)
    case .number(let number): .number(number)
    case .text(let text): .string(text)
    case .list(let list): .array(list.map(\.json))
    case .entries(let entries): .object(entries.map { .init($0.key, $0.value.json) })
    }
  }

  /// A tree from JSON text.
  package init(json: JSON, file: String, place: String) {
    let value: Value =
      switch json {
      case .null: .null
      case .bool(let flag): .flag(flag)
      case .integer(let integer): .integer(integer)
      case .number(let number): .number(number)
      case .string(let text): .text(text)
      case .array(let elements):
        .list(elements.enumerated().map { SpecNode(json: $1, file: file, place: "\(place)[\($0)]") })
      case .object(let members):
        .entries(
          members.map { member in
            let inner = "\(place).\(member.name)"
            return Entry(
              name: SpecNode(.text(member.name), file: file, place: inner),
              value: SpecNode(json: member.value, file: file, place: inner))
          })
      }
    self.init(value, file: file, place: place)
  }
}
