import HebbArrays
import HebbLayers

extension LayerKind {
  static let activations = [
    plain("relu", "max(0, x)") { ReLU() },
    LayerKind("leaky-relu", "leaky-relu: 0.01", "x, or a small share of it below zero") { (context) throws(DataError) in
      let slope = try context.settings(["slope"])["slope"]?.number(in: 0...1) ?? 0.01
      return LeakyReLU(slope: slope)
    },
    LayerKind("elu", "elu: 1", "x, or α (eˣ − 1) below zero") { (context) throws(DataError) in
      ELU(alpha: try context.settings(["alpha"])["alpha"]?.number(in: 0...100) ?? 1)
    },
    plain("selu", "ELU scaled so that activations keep mean 0 and variance 1") { SELU() },
    plain("gelu", "x Φ(x)") { GELU() },
    plain("gelu-tanh", "the same by a formula with tanh, as some published networks have it") { GELUTanh() },
    plain("silu", "x σ(x), also called swish") { SiLU() },
    plain("sigmoid", "1 / (1 + e⁻ˣ)") { Sigmoid() },
    plain("hard-sigmoid", "the sigmoid in three straight lines") { HardSigmoid() },
    plain("tanh", "the hyperbolic tangent") { Tanh() },
    plain("softplus", "log (1 + eˣ)") { Softplus() },
    plain("softmax", "shares that sum to 1; not before the loss cross-entropy, which takes them itself") { Softmax() },
    plain("log-softmax", "logarithms of the shares") { LogSoftmax() },
    LayerKind("prelu", nil, "leaky ReLU with one learned slope a channel; also {shared: true, slope: 0.25}") {
      (context) throws(DataError) in
      let settings = try context.settings(["shared", "slope"])
      let isShared = try settings["shared"]?.flag() ?? false
      return PReLU(isShared ? 1 : context.input.innermost, slope: try settings["slope"]?.number(in: -10...10) ?? 0.25)
    },
    LayerKind("maxout", "maxout: 2", "the largest of as many neighbours") { (context) throws(DataError) in
      let pieces = try context.settings(["pieces"]).required("pieces").integer(in: 2...1024)
      guard context.input.innermost % pieces == 0 else {
        throw context.node.failure(
          "\(context.input.innermost) features are not a multiple of \(pieces)", advice: "give the layer before as many"
        )
      }
      return Maxout(pieces: pieces)
    },
  ]

  /// A kind without settings.
  static func plain(
    _ name: String, _ summary: String, _ make: @escaping @Sendable () -> any Layer
  ) -> LayerKind {
    LayerKind(name, nil, summary) { (context) throws(DataError) in
      try context.nothing()
      return make()
    }
  }
}
