import HebbArrays
import HebbData
import HebbLayers
import HebbTesting

/// What PyTorch, SciPy and scikit-image gave, by name: made by the script beside the file.
let reference = Reference("HebbModelsTests/Reference/generative")

extension Reference {
  /// The arrays whose names begin with `prefix`, without it, where a module has a parameter of that name.
  func values(_ prefix: String, for module: any Module) -> [String: NDArray] {
    Dictionary(uniqueKeysWithValues: module.namedParameters.map { ($0.name, self[prefix + $0.name]) })
  }
}

/// Pictures of 8 × 8: a bright square in one of four corners, its class.
func corners(_ count: Int, range: ClosedRange<Double> = 0...1) -> ArrayDataset {
  let low = Float(range.lowerBound)
  let span = Float(range.upperBound - range.lowerBound)
  var random = Philox(seed: 3)
  let shades: [Float] = NDArray.uniform([count], in: 0.7...1, using: &random).elements()
  let pictures = NDArray(shape: [count, 8, 8, 1]) { (x: UnsafeMutableBufferPointer<Float>) in
    for index in x.indices {
      let (sample, row, column) = (index / 64, index % 64 / 8, index % 8)
      let corner = (row < 4 ? 0 : 2) + (column < 4 ? 0 : 1)
      x[index] = low + span * (corner == sample % 4 ? shades[sample] : 0)
    }
  }
  return ArrayDataset(
    name: "corners", inputs: pictures, targets: NDArray((0..<count).map { Int32($0 % 4) }),
    classNames: ["a", "b", "c", "d"])
}
