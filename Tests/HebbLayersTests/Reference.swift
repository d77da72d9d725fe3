import HebbArrays
import HebbAutograd
import HebbLayers
import HebbTesting
import Testing

/// What PyTorch gave, by name: `Reference/layers.safetensors`, made by the script beside it.
let reference = Reference("HebbLayersTests/Reference/layers")

/// Two arrays of one shape agree to within `tolerance` of the largest element.
func expectClose(
  _ a: NDArray, _ b: NDArray, _ tolerance: Double, _ what: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(a.shape == b.shape, "\(what)", sourceLocation: sourceLocation)
  guard a.shape == b.shape else { return }
  let (x, y) = (a.cast(to: .float64), b.cast(to: .float64))
  let scale = max(1e-3, y.abs().max().scalar)
  let error = (x - y).abs().max().scalar / scale
  #expect(error <= tolerance, "\(what): \(a) is not \(b)", sourceLocation: sourceLocation)
}

/// Numbers spread over −1…1 without pattern.
func random(_ shape: Shape, seed: UInt64, dtype: DType = .float64) -> NDArray {
  var generator = Philox(seed: seed)
  return .uniform(shape, in: -1...1, dtype: dtype, using: &generator)
}
