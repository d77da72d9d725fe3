import HebbArrays

/// The categories of an adaptive resonance network: rows of numbers that grow in number.
struct Categories: Sendable {
  let width: Int
  private(set) var values: [Float] = []
  /// How often something was changed.
  private(set) var changes = 0

  init(width: Int) { self.width = width }

  var count: Int { values.count / width }

  subscript(index: Int) -> ArraySlice<Float> { values[index * width..<(index + 1) * width] }

  mutating func append(_ row: some Sequence<Float>) {
    values.append(contentsOf: row)
    changes += 1
  }

  /// Takes back what was appended last.
  mutating func removeLast() {
    values.removeLast(width)
    changes -= 1
  }

  mutating func update(_ index: Int, _ body: (Int, Float) -> Float) {
    var isNew = false
    for i in 0..<width {
      let value = body(i, values[index * width + i])
      if value != values[index * width + i] { isNew = true }
      values[index * width + i] = value
    }
    if isNew { changes += 1 }
  }

  var array: NDArray { NDArray(values, shape: [count, width]) }

  /// The categories of a file, each number within 0 and 1.
  init(_ state: RuleState, width: Int) throws(DataError) {
    self.width = width
    values = try state.array("categories", [-1, width]).elements()
    guard values.allSatisfy({ $0 >= 0 && $0 <= 1 }) else { throw state.failure("a category is outside of 0 … 1") }
  }

  /// The numbers of the categories by falling choice, the first of equals first.
  func ranked(_ choice: (ArraySlice<Float>) -> Float) -> [Int] {
    let choices = (0..<count).map { choice(self[$0]) }
    return choices.indices.sorted { (choices[$0], $1) > (choices[$1], $0) }
  }
}
