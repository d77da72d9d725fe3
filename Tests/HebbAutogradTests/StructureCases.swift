import HebbArrays
import HebbAutograd
import HebbTesting

extension OpCase {
  static let structure: [OpCase] = [
    OpCase("reshaped", [[3, 4, 5]]) { $0[0].reshaped(6, -1) },
    OpCase("flattened", [[3, 4, 5]], others: [[[0, 2, 3]]]) { $0[0].flattened(from: 1) },
    OpCase("expanded", [[3, 4]]) { $0[0].expanded(at: 1) * $0[0].expanded(at: 2) },
    OpCase("squeezed", [[3, 1, 4]]) { $0[0].squeezed(1).squared() },
    OpCase("transposed", [[3, 4, 5]], others: [[[2, 0, 3]], [[2, 160, 130]]]) { $0[0].transposed() },
    OpCase("permuted", [[3, 4, 5, 2]], others: [[[20, 8, 15, 17]]]) { $0[0].transposed([2, 0, -1, 1]) },
    OpCase("sliced", [[3, 9, 2]], others: [[[130, 9, 33]]]) { $0[0].sliced(axis: 1, from: 1, to: 8, by: 3) },
    OpCase(
      "concatenated", [[3, 2, 2], [3, 1, 2], [3, 4, 2]],
      others: [[[1, 0, 3], [1, 2, 3], [1, 1, 3]], [[160, 3, 40], [160, 2, 40], [160, 1, 40]]]
    ) { .concatenated($0, axis: -2) },
    OpCase("stacked", [[3, 4], [3, 4]]) { .stacked($0, axis: 1) },
    OpCase("split", [[3, 6]]) {
      let parts = $0[0].split([1, 3, 2], axis: 1)
      return parts[0] * parts[1]
    },
    OpCase("padded", [[3, 4]], others: [[[1, 0]], [[200, 170]]]) { $0[0].padded([(1, 3), (2, 0)], with: 0.5) },
    OpCase("flipped", [[3, 4, 2]]) { $0[0].flipped([0, 1]) },
    OpCase("broadcast", [[3, 1, 2]]) { $0[0].broadcast(to: [4, 3, 5, 2]) },
    OpCase("gatheredRows", [[5, 3]], others: [[[5, 0]], [[5, 300]]]) {
      $0[0].gathered(rows: NDArray([4, 0, 4, 2, 1, 4] as [Int32], shape: [3, 2]))
    },
    OpCase("gatheredAlong", [[4, 3]]) { $0[0].gathered(alongLastAxis: NDArray([2, 0, 0, 1] as [Int32])) },
    OpCase("select", [[3, 4], [4]], others: [[[4], [2, 3, 1]]]) {
      .select(wave([3, 4], phase: 5, dtype: $0[0].dtype).greater(than: 0), $0[0], $0[1])
    },
  ]
}
