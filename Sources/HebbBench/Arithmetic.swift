import Hebb

extension Workload {
  /// Matrix products, and what the machine can do at best.
  static let arithmetic: [Workload] =
    [256, 512, 1024, 2048].map { size in
      Workload(
        name: "matmul-\(size)", summary: "matrix product of \(size) × \(size) × \(size)",
        sizes: [("rows", size), ("inner", size), ("columns", size)]
      ) { sizes in
        var random = Philox(seed: 0)
        let a = NDArray.normal([sizes["rows"], sizes["inner"]], using: &random)
        let b = NDArray.normal([sizes["inner"], sizes["columns"]], using: &random)
        return { _ = a.matmul(b) }
      }
    }
}
