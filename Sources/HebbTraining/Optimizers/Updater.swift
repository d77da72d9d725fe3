import HebbArrays
import HebbAutograd
import HebbLayers

/// Applies an optimiser to the parameters of a network, and keeps what it remembers of them.
///
/// ``Trainer`` has one of its own; a training loop of your own needs no more than this:
///
///     var updater = Updater(Adam(learningRate: 1e-3), for: model)
///     for batch in batches {
///       let (_, gradients) = Pass.training(seed: 7, step: updater.step) {
///         valueAndGradients { loss(model(Tensor(batch.inputs)), batch.targets) }
///       }
///       updater.update(gradients)
///     }
public struct Updater: Sendable {
  /// The rule of the steps.
  public let optimizer: any Optimizer
  /// How many steps have been made.
  public internal(set) var step = 0
  var slots: [Slot]

  /// One parameter and what is kept for it.
  struct Slot: Sendable {
    let name: String
    let parameter: Parameter
    let rateFactor: Double
    let l2: Double
    let l1: Double
    /// Nil until the parameter's first gradient.
    var state: OptimizerState?
  }

  /// - Parameter groups: parameters with a rate or decay of their own.
  public init(_ optimizer: any Optimizer, for model: any Module, groups: [ParameterGroup] = []) {
    self.optimizer = optimizer
    let named = model.namedParameters
    for group in groups {
      guard let path = group.path else { continue }
      require(
        named.contains { group.contains($0.name, $0.parameter) },
        "ParameterGroup(“\(path)”): no parameter lies there; there are \(named.prefix(20).map(\.name))")
    }
    var seen: Set<ObjectIdentifier> = []
    slots = named.compactMap { name, parameter in
      guard parameter.role != .buffer, seen.insert(ObjectIdentifier(parameter)).inserted else { return nil }
      let group = groups.first { $0.contains(name, parameter) }
      let decay = group?.weightDecay ?? optimizer.weightDecay
      let decays = decay.applies(to: parameter.role)
      return Slot(
        name: name, parameter: parameter, rateFactor: group?.rateFactor ?? 1, l2: decays ? decay.l2 : 0,
        l1: decays ? decay.l1 : 0)
    }
  }

  /// One step of every parameter that has a gradient and is not frozen.
  ///
  /// - Parameters:
  ///   - gradients: of the loss.
  ///   - rate: the learning rate of this step; that of the optimiser unless given.
  ///   - gradientFactor: multiplies every gradient first.
  ///   - gradientBound: holds every element of the gradients within ± this.
  public mutating func update(
    _ gradients: Gradients, rate: Double? = nil, gradientFactor: Double = 1, gradientBound: Double = .infinity
  ) {
    step += 1
    let rate = rate ?? optimizer.learningRate
    var settings = UpdateSettings(rate: rate)
    settings.gradientFactor = gradientFactor
    settings.gradientBound = gradientBound
    for index in slots.indices where slots[index].parameter.isTrainable {
      // Parameters are mostly read in the order of the members: no look-up then.
      let inOrder = index < gradients.parameters.count && gradients.parameters[index] === slots[index].parameter
      guard let gradient = inOrder ? gradients.values[index] : gradients[slots[index].parameter] else { continue }
      settings.rate = rate * slots[index].rateFactor
      settings.l2 = slots[index].l2
      settings.l1 = slots[index].l1
      slots[index].update(gradient, optimizer, settings)
    }
  }
}

extension Updater.Slot {
  fileprivate mutating func update(_ gradient: NDArray, _ optimizer: any Optimizer, _ settings: UpdateSettings) {
    var kept =
      state.take()
      ?? OptimizerState(
        arrays: optimizer.stateNames.map { _ in .zeros(gradient.shape, dtype: gradient.dtype) },
        numbers: optimizer.initialNumbers)
    parameter.update { optimizer.update(&$0, gradient: gradient, state: &kept, by: settings) }
    state = kept
  }
}
