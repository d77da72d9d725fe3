extension NDArray {
  /// The elements as another type. To a whole-number type, fractions are cut towards zero and values out of range are
  /// held at its ends; NaN becomes 0.
  public func cast(to target: DType) -> NDArray {
    guard target != dtype else { return self }
    switch dtype {
    case .float32: return cast(Float.self, to: target)
    case .float64: return cast(Double.self, to: target)
    case .int32: return cast(Int32.self, to: target)
    case .uint8: return cast(UInt8.self, to: target)
    }
  }

  /// The elements as int32; stops, with the name of who asks, where one is no whole number that int32 holds.
  package func wholeNumbers(_ who: @autoclosure () -> String) -> NDArray {
    let numbers = cast(to: .int32)
    guard dtype.isFloatingPoint else { return numbers }
    for i in 0..<count {
      require(numbers.element(i) == element(i), "\(who()): \(element(i)) (element \(i) of \(shape)) is no whole number")
    }
    return numbers
  }

  private func cast<From: Scalar>(_: From.Type, to target: DType) -> NDArray {
    switch target {
    case .float32: return map { (x: From) in Float(rounding: x.double) }
    case .float64: return map { (x: From) in x.double }
    case .int32: return map { (x: From) in Int32(rounding: x.double) }
    case .uint8: return map { (x: From) in UInt8(rounding: x.double) }
    }
  }

  /// A new array with `transform` of each element.
  func map<From: Scalar, To: Scalar>(_ transform: (From) -> To) -> NDArray {
    let x = pointer(to: From.self)
    return NDArray(shape: shape) { (out: UnsafeMutableBufferPointer<To>) in
      for i in out.indices { out[i] = transform(x[i]) }
    }
  }
}
