import HebbArrays
import HebbAutograd
import HebbTesting

/// Shapes for functions of each element: a single number, none, odd lengths, enough for several threads.
let elementwiseShapes: [[Shape]] = [[[]], [[0, 3]], [[1]], [[2, 1, 17]], [[211, 200]]]

/// Shapes for functions of two arrays: each side stretched, along outer, middle and inner axes.
private let broadcastShapes: [[Shape]] = [
  [[5, 3], [5, 3]], [[], [7]], [[2, 3, 4], []], [[4, 1, 3], [1, 5, 1]], [[0, 3], [3]], [[3, 2, 2], [2, 1]],
  [[300, 130], [130]], [[130, 1], [30, 1, 26]],
]

extension OpCase {
  static let arithmetic: [OpCase] = [
    OpCase("add", [[3, 1, 5], [4, 1]], others: broadcastShapes) { $0[0] + $0[1] },
    OpCase("subtract", [[3, 1, 5], [4, 1]], others: broadcastShapes) { $0[0] - $0[1] },
    OpCase("multiply", [[3, 1, 5], [4, 1]], others: broadcastShapes) { $0[0] * $0[1] },
    OpCase("divide", [[3, 1, 5], [4, 1]], others: broadcastShapes, numbers: .positive) { $0[0] / $0[1] },
    OpCase("maximum", [[3, 1, 5], [4, 1]], others: broadcastShapes) { .maximum($0[0], $0[1]) },
    OpCase("minimum", [[3, 1, 5], [4, 1]], others: broadcastShapes) { .minimum($0[0], $0[1]) },
    elementwise("negate") { -$0 },
    elementwise("numbers", .positive) { 1.5 - 2 / (3 * (0.25 + $0) / 4 - 0.01) },
    elementwise("pow", .positive) { $0.pow(2.5) },
    elementwise("powWhole") { $0.pow(3) },
    elementwise("powZero") { $0.pow(0) },
    elementwise("squared") { $0.squared() },
    elementwise("squareRoot", .positive) { $0.squareRoot() },
    elementwise("reciprocal", .positive) { $0.reciprocal() },
    elementwise("abs") { $0.abs() },
    elementwise("clamped") { $0.clamped(to: -0.5...1) },
    elementwise("exp") { $0.exp() },
    elementwise("expm1") { $0.expm1() },
    elementwise("log", .positive) { $0.log() },
    elementwise("log1p", .positive) { $0.log1p() },
    elementwise("sin") { $0.sin() },
    elementwise("cos") { $0.cos() },
    elementwise("erf") { $0.erf() },
  ]

  static func elementwise(
    _ name: String, _ numbers: Numbers = .signed, _ op: @escaping @Sendable (Tensor) -> Tensor
  ) -> OpCase {
    OpCase(name, [[3, 7]], others: elementwiseShapes, numbers: numbers) { op($0[0]) }
  }
}
