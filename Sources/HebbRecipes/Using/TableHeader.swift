import HebbArrays

/// The names of a table's columns, and which of them the network takes.
struct TableHeader {
  /// How many columns there are.
  let count: Int
  /// The numbers of the columns that go in, in the order of training.
  let taken: [Int]

  /// Columns that training named are found by name, whatever their order; others are passed over. Where training had no
  /// names columns go by their place, and the one that was learned is left out if it is there.
  init(_ names: [String], for model: TrainedModel, name: String, line: Int) throws(DataError) {
    count = names.count
    guard !model.columns.isEmpty else {
      let target = names.count == model.input.count + 1 ? TableHeader.target(in: names, of: model.spec.data) : nil
      taken = names.indices.filter { $0 != target }
      return
    }
    var places: [String: Int] = [:]
    for (index, column) in names.enumerated() where model.columns.contains(column) {
      guard places.updateValue(index, forKey: column) == nil else {
        throw DataError(
          name, at: "line \(line)", "the column “\(column)” comes twice", advice: "keep the one that is meant")
      }
    }
    let missing = model.columns.filter { places[$0] == nil }
    guard missing.isEmpty else {
      let shown = missing.prefix(5).map { "“\($0)”" }.joined(separator: ", ")
      let more = missing.count > 5 ? " and \(missing.count - 5) more" : ""
      throw DataError(
        name, at: "line \(line)", "there is no column \(shown)\(more), which the network takes",
        advice: "name the columns as in training, or leave the line of names out and keep their order")
    }
    taken = model.columns.compactMap { places[$0] }
  }

  /// The cells of a line that go into the network; all of them where the line has another number of cells than the header.
  func inputs(of cells: [String]) -> [String] {
    cells.count == count ? taken.map { cells[$0] } : cells
  }

  /// Which column training learned.
  private static func target(in names: [String], of data: DataSpec) -> Int? {
    let target: String?
    switch data.source {
    case .table(_, let form): target = form.target
    case .series(_, let named): target = named
    case .set, .folder, .arrays: return nil
    }
    guard let target else { return names.count - 1 }
    return names.firstIndex(of: target)
  }
}
