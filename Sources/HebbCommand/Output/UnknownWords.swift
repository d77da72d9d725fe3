/// Words that a network has never seen, gathered over many texts and told in one line.
struct UnknownWords {
  private var words: [String] = []
  private var seen: Set<String> = []

  mutating func add(_ found: [String]) { words += found.filter { seen.insert($0).inserted } }

  /// Says on standard error which they are, if there are any.
  func tell() {
    guard !words.isEmpty else { return }
    let shown = words.prefix(20).map { "“\(TextInputs.shown($0, 30))”" }.joined(separator: ", ")
    Console.error("note: the network has never seen \(shown)\(words.count > 20 ? " and \(words.count - 20) more" : "")")
  }
}
