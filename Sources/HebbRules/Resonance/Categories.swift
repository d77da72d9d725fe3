import HebbArrays

/// The categories of an adaptive resonance network: rows of numbers that grow in number.
struct Categories: Sendable {
  let width: Int
  private(set) var values: [Float] = []

  init(width: Int) { self.width = width }

  var count: Int { values.count / width }

  subscript(index: Int) -> ArraySlice<Float> { values[index * width..<(index + 1) * width] }

  mutating func append(_ row: some Sequence<Float>) { values.append(contentsOf: row) }

  mutating func removeLast() { values.removeLast(width) }

  mutating func update(_ index: Int, _ body: (Int, Float) -> Float) {
    for i in 0..<width { values[index * width + i] = body(i, values[index * width + i]) }
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
