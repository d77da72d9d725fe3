import HebbArrays

/// How the weights of a layer begin.
///
/// Sizes are given as the inputs (`fanIn`) and outputs (`fanOut`) of one unit; for a convolution each is multiplied by the
/// kernel's area.
public struct Initializer: Sendable {
  private let draw: @Sendable (Shape, _ fanIn: Int, _ fanOut: Int, inout Philox) -> NDArray

  /// An initialiser of your own.
  public init(_ draw: @escaping @Sendable (Shape, _ fanIn: Int, _ fanOut: Int, inout Philox) -> NDArray) {
    self.draw = draw
  }

  /// An array of this shape for a layer of these sizes.
  public func callAsFunction(_ shape: Shape, fanIn: Int, fanOut: Int, using random: inout Philox) -> NDArray {
    draw(shape, fanIn, fanOut, &random)
  }
}

// MARK: - Without regard to size

extension Initializer {
  /// 0 everywhere.
  public static let zeros = constant(0)
  /// 1 everywhere.
  public static let ones = constant(1)

  /// One number everywhere.
  public static func constant(_ value: Double) -> Initializer { Initializer { shape, _, _, _ in .full(shape, value) } }

  /// N(0, standardDeviation²): the plain choice of old, under which signals fade or grow with depth.
  public static func normal(_ standardDeviation: Double) -> Initializer {
    Initializer { shape, _, _, random in .normal(shape, standardDeviation: standardDeviation, using: &random) }
  }

  /// N(0, standardDeviation²), cut off at two standard deviations: what transformers begin with.
  public static func truncatedNormal(_ standardDeviation: Double) -> Initializer {
    Initializer { shape, _, _, random in .truncatedNormal(shape, standardDeviation: standardDeviation, using: &random) }
  }

  /// U(−bound, bound).
  public static func uniform(_ bound: Double) -> Initializer {
    Initializer { shape, _, _, random in .uniform(shape, in: -bound...bound, using: &random) }
  }
}

// MARK: - By the sizes of the layer

extension Initializer {
  /// U(−1/√fanIn, 1/√fanIn): what PyTorch's linear and convolution layers begin with, biases too.
  public static let standard = uniform { fanIn, _ in 1 / (3 * fanIn) }

  /// N(0, 1/fanIn): keeps the variance of a signal through linear, tanh and SELU layers.
  ///
  /// - Source: LeCun, Bottou, Orr and Müller 1998, "Efficient backprop", doi:10.1007/3-540-49430-8_2.
  public static let leCunNormal = normal { fanIn, _ in 1 / fanIn }

  /// As ``leCunNormal``, evenly spread: U(−√(3/fanIn), √(3/fanIn)).
  public static let leCunUniform = uniform { fanIn, _ in 1 / fanIn }

  /// N(0, 2/(fanIn + fanOut)): balances signals forwards and gradients backwards.
  ///
  /// - Source: Glorot and Bengio 2010, "Understanding the difficulty of training deep feedforward neural networks".
  public static let xavierNormal = normal { fanIn, fanOut in 2 / (fanIn + fanOut) }

  /// As ``xavierNormal``, evenly spread: U(−√(6/(fanIn + fanOut)), √(6/(fanIn + fanOut))).
  public static let xavierUniform = uniform { fanIn, fanOut in 2 / (fanIn + fanOut) }

  /// N(0, 2/fanIn): keeps the variance of a signal through layers with ReLU.
  ///
  /// - Source: He, Zhang, Ren and Sun 2015, arXiv:1502.01852.
  public static let heNormal = normal { fanIn, _ in 2 / fanIn }

  /// As ``heNormal``, evenly spread: U(−√(6/fanIn), √(6/fanIn)).
  public static let heUniform = uniform { fanIn, _ in 2 / fanIn }

  private static func normal(_ variance: @escaping @Sendable (Double, Double) -> Double) -> Initializer {
    Initializer { shape, fanIn, fanOut, random in
      let deviation = variance(Double(max(1, fanIn)), Double(max(1, fanOut))).squareRoot()
      return .normal(shape, standardDeviation: deviation, using: &random)
    }
  }

  /// A number from U(−a, a) has the variance a²/3.
  private static func uniform(_ variance: @escaping @Sendable (Double, Double) -> Double) -> Initializer {
    Initializer { shape, fanIn, fanOut, random in
      let bound = (3 * variance(Double(max(1, fanIn)), Double(max(1, fanOut)))).squareRoot()
      return .uniform(shape, in: -bound...bound, using: &random)
    }
  }
}
