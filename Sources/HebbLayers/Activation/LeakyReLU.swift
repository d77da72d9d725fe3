import HebbAutograd

/// A rectifier that lets a little through below 0: x where x > 0, else slope · x.
///
/// - Source: Maas, Hannun and Ng 2013, "Rectifier nonlinearities improve neural network acoustic models".
public struct LeakyReLU: Layer {
  /// What elements below 0 are multiplied by.
  public let slope: Double

  /// - Parameter slope: that below 0.
  public init(slope: Double = 0.01) { self.slope = slope }

  public func callAsFunction(_ x: Tensor) -> Tensor { x.leakyReLU(slope: slope) }

  public var description: String { "LeakyReLU(\(slope))" }
}
