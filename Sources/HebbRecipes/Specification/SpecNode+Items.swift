import HebbArrays

extension SpecNode {
  /// A thing with a name and, perhaps, arguments: `relu`, `max-pool: 2`, `conv: {filters: 6, kernel: 5}`.
  package struct Item: Sendable {
    package let name: String
    package let argument: SpecNode
    /// Where the name stands.
    package let node: SpecNode
  }

  /// The named things of a list, or of settings in their order.
  package var items: [Item] {
    get throws(DataError) {
      var items: [Item] = []
      if case .entries(let entries) = value {
        return entries.map { Item(name: $0.key, argument: $0.value, node: $0.name) }
      }
      for node in list {
        switch node.value {
        case .text(let name):
          items.append(
            Item(name: name, argument: SpecNode(SpecNode.Value.null, file: file, place: node.place), node: node))
        case .entries(let entries):
          guard let entry = entries.first, entries.count == 1 else {
            throw node.failure(
              "\(entries.count) names stand in one entry of the list",
              advice: "begin each with “- ”, and indent its settings")
          }
          items.append(Item(name: entry.key, argument: entry.value, node: entry.name))
        default: throw node.expected("a name, or NAME: settings")
        }
      }
      return items
    }
  }

  /// A single named thing: `adam`, or `adam: {learning-rate: 0.001}`.
  package var item: Item {
    get throws(DataError) {
      let items = try items
      guard items.count == 1 else { throw expected("one name, or NAME: settings") }
      return items[0]
    }
  }
}
