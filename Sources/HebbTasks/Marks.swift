import Hebb

extension Vocabulary {
  /// The number of a token that belongs to every vocabulary of its kind, such as the mark that ends a text.
  func mark(_ token: String) -> Int {
    guard let number = self[token] else { fatalError("the vocabulary lacks its mark \(token)") }
    return number
  }
}

extension [String: Int] {
  /// Names by their places in a list.
  init(numbering names: [String]) { self.init(uniqueKeysWithValues: names.enumerated().map { ($1, $0) }) }

  /// The number of a name that was numbered.
  func number(_ name: String) -> Int {
    guard let number = self[name] else { fatalError("“\(name)” was not numbered") }
    return number
  }
}
