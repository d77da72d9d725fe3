import HebbArrays
import HebbTraining

/// How gradients change weights, by name, with the learning rate and the rest.
///
///     optimizer: adam
///     optimizer: {sgd: {rate: 0.1, momentum: 0.9, nesterov: true, decay: 0.0005}}
///     optimizer: {adamw: {decay: {l2: 0.01, l1: 0, biases: false, normalization: false}}}
package enum OptimizerSpec {
  package static let words = [
    SpecWord(
      "sgd", "{sgd: {rate: 0.1, momentum: 0.9, nesterov: true, decay: 0.0005}}", "gradient descent with momentum"),
    SpecWord("adam", "{adam: {rate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8}}", "steps by mean and variance"),
    SpecWord("adamw", "{adamw: {rate: 0.001, decay: 0.01}}", "adam with a decay apart from the gradient"),
    SpecWord("nadam", "{nadam: {rate: 0.002, momentum-decay: 0.004}}", "adam with Nesterov's momentum"),
    SpecWord("rmsprop", "{rmsprop: {rate: 0.01, smoothing: 0.99, centered: true}}", "steps by the size of gradients"),
    SpecWord("adagrad", "{adagrad: {rate: 0.01, rate-decay: 0.1}}", "steps by the sum of all gradients' squares"),
    SpecWord("adadelta", "{adadelta: {rate: 1, smoothing: 0.9}}", "steps by the size of earlier steps"),
    SpecWord("lion", "{lion: {rate: 0.0001, decay: 0.1}}", "steps by the sign of a momentum"),
  ]

  static func read(_ node: SpecNode) throws(DataError) -> any Optimizer {
    let item = try node.item
    switch item.name {
    case "sgd":
      let settings = try Settings(item, ["momentum", "nesterov"], rate: 0.01)
      let momentum = try settings.share("momentum", 0)
      let nesterov = try settings.values["nesterov"]?.flag() ?? false
      guard !nesterov || momentum > 0 else {
        throw item.node.failure("nesterov needs a momentum", advice: "add momentum: 0.9")
      }
      return SGD(
        learningRate: settings.rate, momentum: momentum, nesterov: nesterov, weightDecay: settings.decay ?? .none)
    case "adam":
      let settings = try Settings(item, ["beta1", "beta2", "epsilon"], rate: 1e-3)
      return Adam(
        learningRate: settings.rate, beta1: try settings.share("beta1", 0.9), beta2: try settings.share("beta2", 0.999),
        epsilon: try settings.epsilon(1e-8), weightDecay: settings.decay ?? .none)
    case "adamw":
      let settings = try Settings(item, ["beta1", "beta2", "epsilon"], rate: 1e-3)
      return AdamW(
        learningRate: settings.rate, beta1: try settings.share("beta1", 0.9), beta2: try settings.share("beta2", 0.999),
        epsilon: try settings.epsilon(1e-8), weightDecay: settings.decay ?? 0.01)
    case "nadam":
      let settings = try Settings(item, ["beta1", "beta2", "epsilon", "momentum-decay"], rate: 2e-3)
      return Nadam(
        learningRate: settings.rate, beta1: try settings.share("beta1", 0.9), beta2: try settings.share("beta2", 0.999),
        epsilon: try settings.epsilon(1e-8),
        momentumDecay: try settings.values["momentum-decay"]?.number(in: 0...1) ?? 4e-3,
        weightDecay: settings.decay ?? .none)
    case "rmsprop":
      let settings = try Settings(item, ["smoothing", "momentum", "epsilon", "centered"], rate: 1e-2)
      return RMSProp(
        learningRate: settings.rate, smoothing: try settings.share("smoothing", 0.99),
        epsilon: try settings.epsilon(1e-8), momentum: try settings.share("momentum", 0),
        centered: try settings.values["centered"]?.flag() ?? false, weightDecay: settings.decay ?? .none)
    case "adagrad":
      let settings = try Settings(item, ["epsilon", "rate-decay"], rate: 1e-2)
      return Adagrad(
        learningRate: settings.rate, rateDecay: try settings.values["rate-decay"]?.number(in: 0...1) ?? 0,
        epsilon: try settings.epsilon(1e-10), weightDecay: settings.decay ?? .none)
    case "adadelta":
      let settings = try Settings(item, ["smoothing", "epsilon"], rate: 1)
      return Adadelta(
        learningRate: settings.rate, smoothing: try settings.share("smoothing", 0.9),
        epsilon: try settings.epsilon(1e-6), weightDecay: settings.decay ?? .none)
    case "lion":
      let settings = try Settings(item, ["beta1", "beta2"], rate: 1e-4)
      return Lion(
        learningRate: settings.rate, beta1: try settings.share("beta1", 0.9), beta2: try settings.share("beta2", 0.99),
        weightDecay: settings.decay ?? .none)
    default: throw item.node.unknown(item.name, among: words.map(\.name), "optimizer")
    }
  }

  /// A factor of w in the gradient, or one with more settings.
  static func decay(_ node: SpecNode) throws(DataError) -> WeightDecay {
    guard case .entries = node.value else { return WeightDecay(l2: try node.number(in: 0...10)) }
    let settings = try node.settings(["l2", "l1", "biases", "normalization"], of: "decay")
    return WeightDecay(
      l2: try settings["l2"]?.number(in: 0...10) ?? 0, l1: try settings["l1"]?.number(in: 0...10) ?? 0,
      decaysBiases: try settings["biases"]?.flag() ?? false,
      decaysNormalization: try settings["normalization"]?.flag() ?? false)
  }

  /// What every optimiser has, and the numbers that some have.
  private struct Settings {
    let values: SpecSettings
    let rate: Double
    let decay: WeightDecay?

    init(_ item: SpecNode.Item, _ names: [String], rate: Double) throws(DataError) {
      values = try item.argument.settings(["rate", "decay"] + names, of: item.name)
      self.rate = try values["rate"]?.number(in: 1e-12...1e3) ?? rate
      decay = try values["decay"].map { (node) throws(DataError) in try OptimizerSpec.decay(node) }
    }

    func share(_ name: String, _ standard: Double) throws(DataError) -> Double {
      try values[name]?.number(in: 0...0.999999) ?? standard
    }

    func epsilon(_ standard: Double) throws(DataError) -> Double {
      try values["epsilon"]?.number(in: 1e-16...1) ?? standard
    }
  }
}
