/// A word that a network file can use somewhere, as `hebb recipes` lists it.
package struct SpecWord: Sendable {
  package let name: String
  /// How it is written, with its settings.
  package let example: String
  /// One line.
  package let summary: String

  init(_ name: String, _ example: String, _ summary: String) {
    (self.name, self.example, self.summary) = (name, example, summary)
  }

  /// A word without settings.
  init(_ name: String, _ summary: String) { self.init(name, name, summary) }
}
