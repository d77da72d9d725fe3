import CHebbKernels

/// What the environment asks of the arrays: `HEBB_ISA` and `HEBB_THREADS`.
package enum Surroundings {
  private static let sets = [
    ("scalar", HEBB_SCALAR), ("avx2", HEBB_AVX2), ("avx512", HEBB_AVX512), ("neon", HEBB_NEON),
  ]

  /// Refuses wishes that cannot be met; the library itself passes over them.
  package static func check() throws(DataError) {
    if let wish = Platform.environment("HEBB_ISA") {
      let available = sets.filter { hebb_isa_available(Int32($0.1.rawValue)) != 0 }.map(\.0)
      guard available.contains(wish) else {
        throw DataError(
          "HEBB_ISA=\(wish)", "this processor runs \(available.joined(separator: ", "))", advice: "name one of these")
      }
    }
    if let wish = Platform.environment("HEBB_THREADS") {
      guard let threads = Int(wish), (1...1024).contains(threads) else {
        throw DataError("HEBB_THREADS=\(wish)", "it is no number from 1 to 1024", advice: "give a number of threads")
      }
    }
  }
}
