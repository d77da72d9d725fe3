import HebbArrays
import HebbData
import HebbLayers

/// Checks numbers from outside that a network looks up in a table of its own.
enum EmbeddingNumbers {
  /// Refuses samples with numbers that the network's embedding does not have.
  static func check(_ dataset: any Dataset, for network: Sequential) throws(DataError) {
    guard network.layers.first is Embedding else { return }
    let block = 1024
    for start in stride(from: 0, to: dataset.count, by: block) {
      let indices = Array(start..<min(start + block, dataset.count))
      try check(dataset.batch(at: indices).inputs, for: network, name: dataset.name)
    }
  }

  /// Refuses inputs as the network sees them.
  static func check(_ inputs: NDArray, for network: Sequential, name: String) throws(DataError) {
    guard let embedding = network.layers.first as? Embedding else { return }
    let count = embedding.weight.shape[0]
    let numbers = inputs.cast(to: .float32).elements(as: Float.self)
    let bad = numbers.first { !($0 >= 0 && $0 < Float(count) && $0 == $0.rounded()) }
    guard let bad else { return }
    throw DataError(
      name, "\(bad) is no whole number below \(count), which the embedding needs",
      advice: "use normalize: unit, and a larger count")
  }
}
