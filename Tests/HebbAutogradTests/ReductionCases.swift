import HebbArrays
import HebbAutograd
import HebbTesting

private let extents: [[Shape]] = [[[1, 1, 1]], [[2, 7, 33]], [[20, 50, 40]]]
private let alsoEmpty: [[Shape]] = extents + [[[0, 3, 2]]]

extension OpCase {
  static let reductions: [OpCase] = [
    OpCase("sum", [[3, 4, 5]], others: alsoEmpty) { $0[0].sum() },
    OpCase("sumAxes", [[3, 4, 5]], others: alsoEmpty) { $0[0].sum(axes: [0, 2]) },
    OpCase("sumKeeping", [[3, 4, 5]], others: alsoEmpty) { $0[0].sum(axes: [1], keepingAxes: true) },
    OpCase("mean", [[3, 4, 5]], others: extents) { $0[0].mean() },
    OpCase("meanAxes", [[3, 4, 5]], others: extents) { $0[0].mean(axes: [0, -2]) },
    OpCase("max", [[3, 4, 5]], others: extents) { $0[0].max(axes: [1]) },
    OpCase("maxAxes", [[3, 4, 5]], others: extents) { $0[0].max(axes: [0, 2], keepingAxes: true) },
    OpCase("min", [[3, 4, 5]], others: extents) { $0[0].min(axes: [-1]) },
    OpCase("variance", [[3, 4, 5]], others: extents) { $0[0].variance(axes: [0, 2]) },
  ]
}
