import HebbArrays

extension SpecNode {
  /// A whole number within a range.
  package func integer(in range: ClosedRange<Int>) throws(DataError) -> Int {
    guard case .integer(let integer) = value, range.contains(integer) else {
      throw expected("a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return integer
  }

  /// A number within a range.
  package func number(in range: ClosedRange<Double>) throws(DataError) -> Double {
    let number: Double? =
      switch value {
      case .integer(let integer): Double(integer)
      case .number(let number): number
      default: nil
      }
    guard let number, range.contains(number) else {
      throw expected("a number from \(SpecNode.short(range.lowerBound)) to \(SpecNode.short(range.upperBound))")
    }
    return number
  }

  /// True or false.
  package func flag() throws(DataError) -> Bool {
    guard case .flag(let flag) = value else { throw expected("true or false") }
    return flag
  }

  /// A line of text; numbers count as text.
  package func text(_ what: String = "text") throws(DataError) -> String {
    switch value {
    case .text(let text): return text
    case .integer, .number: return shown
    default: throw expected(what)
    }
  }

  /// One of some names.
  package func choice<Choice>(_ choices: [(name: String, choice: Choice)], of what: String) throws(DataError) -> Choice
  {
    let name = try text(what)
    if let found = choices.first(where: { $0.name == name }) { return found.choice }
    throw unknown(name, among: choices.map(\.name), what)
  }

  /// A list; a single value counts as a list of one.
  package var list: [SpecNode] {
    switch value {
    case .list(let list): list
    case .null: []
    default: [self]
    }
  }

  /// Settings by name, all of which must be among `allowed`.
  package func settings(_ allowed: [String], of what: String) throws(DataError) -> SpecSettings {
    let entries: [Entry]
    switch value {
    case .entries(let found): entries = found
    case .null: entries = []
    default: throw expected("settings of \(what), such as \(allowed.first ?? "none"): …")
    }
    for entry in entries where !allowed.contains(entry.key) {
      throw entry.name.unknown(entry.key, among: allowed, "setting of \(what)")
    }
    return SpecSettings(node: self, what: what, entries: entries)
  }

  /// The error that a name is not known, with the nearest one that is.
  package func unknown(_ name: String, among names: [String], _ what: String) -> DataError {
    let advice =
      NearestName.find(name, among: names).map { "did you mean “\($0)”?" }
      ?? (names.isEmpty ? "leave it out" : "known: \(names.joined(separator: ", "))")
    return failure("“\(name)” is not a known \(what)", advice: advice)
  }

  private static func short(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
  }
}

/// Settings that were found by name.
package struct SpecSettings {
  let node: SpecNode
  let what: String
  let entries: [SpecNode.Entry]

  /// The value of a setting; `nil` where it is not there.
  package subscript(name: String) -> SpecNode? { entries.first { $0.key == name }?.value }

  /// The value of a setting that must be there.
  package func required(_ name: String) throws(DataError) -> SpecNode {
    guard let value = self[name] else {
      throw node.failure("\(what) needs “\(name)”", advice: "add \(name): … there")
    }
    return value
  }
}
