import HebbArrays
import HebbAutograd

extension Layer {
  /// Stops where whole numbers came to a layer that computes with floats.
  func requireFloats(_ dtype: DType, _ shape: Shape) {
    require(
      dtype.isFloatingPoint, "\(self): the input \(shape) is \(dtype); only Embedding takes whole numbers, cast it")
  }
}
