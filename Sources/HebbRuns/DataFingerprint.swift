import Hebb

/// What tells the data of a run from others: how many samples each part has, and a number that depends on all of them.
///
/// A run keeps it in `run.json`. Resumed or measured on other data, it would go on from another place, or be tested on what it
/// has learnt.
package struct DataFingerprint: Sendable, Hashable {
  /// How many samples each part has.
  package private(set) var sizes: [Int]
  /// Of every byte, by the steps of FNV-1a; for telling data apart, not for secrets.
  ///
  /// - Source: Fowler, Noll and Vo, RFC 9923.
  private var hash: UInt64 = 0xcbf2_9ce4_8422_2325

  package init(sizes: [Int], _ values: some Sequence<Value>) {
    self.sizes = sizes
    for value in values {
      switch value {
      case .text(let text): add(text)
      case .array(let array): add(array.fingerprint)
      }
    }
  }

  /// Of parts that are lists of samples, with what each of them is made of.
  package init<Sample>(_ parts: [Sample]..., values: (Sample) -> [Value]) {
    self.init(sizes: parts.map(\.count), parts.joined().lazy.flatMap(values))
  }

  /// What a sample is made of.
  package enum Value {
    case text(String)
    case array(NDArray)
  }

  private mutating func add(_ number: UInt64) {
    hash = (hash ^ number) &* 0x0000_0100_0000_01b3
    hash ^= hash >> 29  // carries high bits down, which the multiplication only moves up
  }

  private mutating func add(_ text: String) {
    add(UInt64(text.utf8.count))
    for byte in text.utf8 { add(UInt64(byte)) }
  }

  // MARK: - In run.json

  package var json: JSON {
    .object([
      .init("sizes", .array(sizes.map { .integer($0) })), .init("hash", .string(String(hash, radix: 16))),
    ])
  }

  /// Nil where it was not kept.
  package init?(_ json: JSON?) {
    guard let sizes = json?["sizes"]?.elements?.compactMap(\.integer),
      let hash = json?["hash"]?.string.flatMap({ UInt64($0, radix: 16) })
    else { return nil }
    (self.sizes, self.hash) = (sizes, hash)
  }

  /// Refuses data that are not those of a run.
  func check(against kept: DataFingerprint, source: String) throws(DataError) {
    guard self != kept else { return }
    func counts(_ sizes: [Int]) -> String { sizes.map(String.init).joined(separator: " + ") }
    let change =
      sizes == kept.sizes
      ? "as many samples, others" : "\(counts(kept.sizes)) samples then, \(counts(sizes)) now"
    throw DataError(
      source, "it is not what the run has learnt from (\(change))",
      advice: "bring the data back as they were, or begin a new run")
  }
}
