/// The sequences of labels that a decoder may read, as a tree of their beginnings.
public struct Lexicon: Sendable {
  struct Node: Sendable {
    var children: [Int: Int] = [:]
    var isWord = false
    /// The fewest labels from here to the end of a word.
    var rest = Int.max
  }
  private(set) var nodes = [Node()]
  /// All labels that any text has.
  private(set) var labels: Set<Int> = []

  /// Texts as lists of labels.
  public init(_ words: some Sequence<[Int]>) {
    for word in words {
      var place = 0
      labels.formUnion(word)
      nodes[0].rest = min(nodes[0].rest, word.count)
      for (index, label) in word.enumerated() {
        if let next = nodes[place].children[label] {
          place = next
        } else {
          nodes.append(Node())
          nodes[place].children[label] = nodes.count - 1
          place = nodes.count - 1
        }
        nodes[place].rest = min(nodes[place].rest, word.count - index - 1)
      }
      nodes[place].isWord = true
    }
  }
}
