import HebbArrays
import HebbAutograd
import HebbTesting

private let uneven = PoolGeometry(
  rows: .init(kernel: 3, stride: 2, before: 1, after: 1), columns: .init(kernel: 2, stride: 1))

extension OpCase {
  static let pooling: [OpCase] = [
    pool("maxPooled") { $0.maxPooled(PoolGeometry(kernel: 2)) },
    pool("maxPooledPadded") { $0.maxPooled(PoolGeometry(kernel: 3, stride: 2, padding: 1)) },
    pool("maxPooledUneven") { $0.maxPooled(uneven) },
    pool("averagePooled") { $0.averagePooled(PoolGeometry(kernel: 3, stride: 2, padding: 1)) },
    pool("averagePooledInside") {
      $0.averagePooled(PoolGeometry(kernel: 3, stride: 2, padding: 1), countsPadding: false)
    },
    pool("adaptiveAveragePooled") { $0.adaptiveAveragePooled(rows: 3, columns: 4) },
    pool("adaptiveMaxPooled") { $0.adaptiveMaxPooled(rows: 3, columns: 4) },
    pool("globalAveragePooled") { $0.globalAveragePooled() },
    pool("globalMaxPooled") { $0.globalMaxPooled() },
  ]

  private static func pool(_ name: String, _ op: @escaping @Sendable (Tensor) -> Tensor) -> OpCase {
    OpCase(name, [[2, 7, 6, 3]], others: [[[0, 5, 5, 2]], [[1, 4, 5, 1]], [[9, 14, 17, 20]]]) { op($0[0]) }
  }
}
