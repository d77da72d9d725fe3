import Hebb

/// Lets a signal through unchanged and catches its gradient: adds zeros, whose gradient is that of the sum.
struct Probe: Layer {
  let zeros: Parameter

  var members: Members { ["zeros": zeros] }

  init(_ shape: Shape) { zeros = Parameter(.zeros(shape)) }

  func callAsFunction(_ x: Tensor) -> Tensor { x + zeros.tensor }
}

extension NDArray {
  /// √Σ x², summed as `Double`: a float32 sum of squares is 0 long before its terms are.
  var norm: Double {
    read { (x: UnsafeBufferPointer<Float>) in x.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot() }
  }
}
