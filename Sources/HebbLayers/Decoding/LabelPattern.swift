/// The sequences of labels that a regular expression describes.
///
///     digit digit − letter+     .sequence([.label(digits), .label(digits), .label([dash]), .label(letters), .many(.label(letters))])
///
/// Positions of the expression that may follow one another are found once; sets of them become states as a search reaches
/// them.
///
/// - Source: Glushkov 1961, "The abstract theory of automata"; McNaughton and Yamada 1960, doi:10.1109/TEC.1960.5221603.
public struct LabelPattern: Sendable {
  /// What a sequence is made of.
  public indirect enum Expression: Sendable {
    /// One label of a set.
    case label(Set<Int>)
    /// One after the other; an empty list is the empty text.
    case sequence([Expression])
    /// One of them.
    case either([Expression])
    /// Any number of times, also not at all.
    case many(Expression)
  }

  /// A place of the expression that takes one label.
  private struct Position: Sendable {
    let labels: Set<Int>
    var followers: Set<Int> = []
    /// The fewest labels from here to the end; nil where there is no way.
    var rest: Int?
  }

  private var positions: [Position] = []
  private var first: Set<Int> = []
  private var isEmptyPermitted = false

  /// All sequences that the expression describes, from their first label to their last.
  public init(_ expression: Expression) {
    let whole = add(expression)
    (first, isEmptyPermitted) = (whole.first, whole.isNullable)
    for position in whole.last { positions[position].rest = 0 }
    var isChanged = true
    while isChanged {
      isChanged = false
      for index in positions.indices {
        guard let next = positions[index].followers.compactMap({ positions[$0].rest }).min() else { continue }
        if next + 1 < positions[index].rest ?? .max {
          positions[index].rest = next + 1
          isChanged = true
        }
      }
    }
  }

  /// What a part of the expression may be empty, begin with and end with.
  private struct Part {
    var isNullable: Bool
    var first: Set<Int> = []
    var last: Set<Int> = []
  }

  private mutating func add(_ expression: Expression) -> Part {
    switch expression {
    case .label(let labels):
      positions.append(Position(labels: labels))
      return Part(isNullable: false, first: [positions.count - 1], last: [positions.count - 1])
    case .sequence(let parts):
      return parts.reduce(into: Part(isNullable: true)) { whole, next in
        let part = add(next)
        connect(whole.last, to: part.first)
        if whole.isNullable { whole.first.formUnion(part.first) }
        whole.last = part.isNullable ? whole.last.union(part.last) : part.last
        whole.isNullable = whole.isNullable && part.isNullable
      }
    case .either(let parts):
      return parts.reduce(into: Part(isNullable: false)) { whole, next in
        let part = add(next)
        whole.first.formUnion(part.first)
        whole.last.formUnion(part.last)
        whole.isNullable = whole.isNullable || part.isNullable
      }
    case .many(let inner):
      var part = add(inner)
      connect(part.last, to: part.first)
      part.isNullable = true
      return part
    }
  }

  private mutating func connect(_ last: Set<Int>, to first: Set<Int>) {
    for position in last { positions[position].followers.formUnion(first) }
  }

  // MARK: - Searching

  /// All labels that any text may have.
  var labels: Set<Int> { positions.reduce(into: []) { $0.formUnion($1.labels) } }

  /// The states that a search has reached. State 0 is the beginning.
  struct Walk {
    private let pattern: LabelPattern
    /// The positions that each state may be at.
    private var states: [Set<Int>] = [[]]
    private var numbers: [Set<Int>: Int] = [:]
    private var known: [Step: Int?] = [:]

    private struct Step: Hashable { let state: Int, label: Int }

    init(_ pattern: LabelPattern) { self.pattern = pattern }

    /// The state behind one more label; nil where no text begins so.
    mutating func next(_ state: Int, _ label: Int) -> Int? {
      let step = Step(state: state, label: label)
      if let known = known[step] { return known }
      let candidates =
        state == 0
        ? pattern.first : states[state].reduce(into: Set<Int>()) { $0.formUnion(pattern.positions[$1].followers) }
      let reached = candidates.filter {
        pattern.positions[$0].labels.contains(label) && pattern.positions[$0].rest != nil
      }
      let number = reached.isEmpty ? nil : self.number(of: reached)
      known[step] = .some(number)
      return number
    }

    private mutating func number(of reached: Set<Int>) -> Int {
      if let number = numbers[reached] { return number }
      states.append(reached)
      numbers[reached] = states.count - 1
      return states.count - 1
    }

    /// The fewest labels from a state to the end of a text.
    func rest(_ state: Int) -> Int {
      if state == 0 {
        return pattern.isEmptyPermitted
          ? 0 : (pattern.first.compactMap { pattern.positions[$0].rest }.min() ?? .max / 2) + 1
      }
      return states[state].compactMap { pattern.positions[$0].rest }.min() ?? .max / 2
    }
  }
}
