import HebbArrays
import HebbAutograd
import HebbData
import HebbLayers

/// Trains a network.
///
///     let trainer = Trainer(model, loss: .crossEntropy, optimizer: Adam(learningRate: 1e-3))
///     try trainer.fit(train, validation: test, epochs: 10)
///
/// The same seed gives the same weights, bit for bit, with any number of threads, and when a run is stopped anywhere
/// and resumed from its checkpoint (``resume(from:)``). Everything happens on the thread that calls
/// ``fit(_:validation:epochs:)``.
public final class Trainer {
  /// The network that is trained.
  public let model: any Module
  /// Keys the order of samples, augmentations and dropout.
  public let seed: UInt64
  /// Turns a batch into a loss and a prediction.
  let outcome: (Batch) -> Outcome
  /// Runs a batch layer by layer, where the model is one layer.
  let layer: (any Layer)?

  /// What is measured on training and validation samples.
  public var metrics: [any Metric]
  /// How the learning rate changes over the run.
  public var schedule: Schedule
  /// How a step is kept from going too far; not at all where nil.
  public var clipping: Clipping?
  /// How many batches' gradients make one step of the weights: their mean. An epoch's last step takes what is left.
  public var batchesPerStep = 1
  /// An average of the weights over the steps, to validate and to save.
  public var average: WeightAverage?
  /// What watches the run, in the order in which it is called.
  public var callbacks: [any Callback] = []
  /// Where and how often the run is saved; nowhere unless given.
  public var checkpoints: CheckpointPlan?
  /// Whether training ends with an error when the loss is infinite or NaN.
  public var stopsWhenNotFinite = true

  /// The epochs that are done, those before a resumed checkpoint included.
  public internal(set) var history = History()
  /// Where the run stands. Before the first `fit` there is nothing to tell.
  public internal(set) var progress: Progress?
  /// Whether the batch at hand is the last of its epoch.
  public internal(set) var isLastBatch = false
  /// Why the run is to end before its last epoch; nil while it goes on.
  public internal(set) var stopReason: String?
  /// What ``stopReason`` was when the checkpoint was saved that the next `fit` goes on from.
  var resumedStopReason: String?
  /// The settings of the run whose checkpoint was read, until they are compared with those of the next `fit`.
  var resumedSettings: [(name: String, value: String)]?
  var dataSettings: [(name: String, value: String)] = []

  let groups: [ParameterGroup]
  var updater: Updater
  var run = RunState()
  var waiting = Gradients()
  var averages: [NDArray] = []
  /// Whether `fit` was called before.
  var hasTrained = false
  /// The last checkpoint that was written or read.
  public internal(set) var lastCheckpoint: String?

  /// A trainer of a network that takes a batch's inputs and gives predictions.
  ///
  /// - Parameters:
  ///   - loss: how far predictions are from targets.
  ///   - optimizer: how gradients change weights.
  ///   - metrics: what is measured besides the loss.
  ///   - groups: parameters with a rate or decay of their own.
  public convenience init(
    _ model: any Layer, loss: Loss, optimizer: any Optimizer, metrics: [any Metric] = [],
    schedule: Schedule = .constant,
    groups: [ParameterGroup] = [], seed: UInt64 = 0
  ) {
    self.init(
      model, layer: model, optimizer: optimizer, metrics: metrics, schedule: schedule, groups: groups, seed: seed
    ) { batch in
      let prediction = model(Tensor(batch.inputs))
      return Outcome(loss: loss(prediction, batch.targets), prediction: prediction)
    }
  }

  /// A trainer of a network with a way of its own from a batch to a loss: several inputs, several losses.
  public convenience init(
    _ model: any Module, optimizer: any Optimizer, metrics: [any Metric] = [], schedule: Schedule = .constant,
    groups: [ParameterGroup] = [], seed: UInt64 = 0, outcome: @escaping (Batch) -> Outcome
  ) {
    self.init(
      model, layer: model as? any Layer, optimizer: optimizer, metrics: metrics, schedule: schedule, groups: groups,
      seed: seed, outcome: outcome)
  }

  private init(
    _ model: any Module, layer: (any Layer)?, optimizer: any Optimizer, metrics: [any Metric], schedule: Schedule,
    groups: [ParameterGroup], seed: UInt64, outcome: @escaping (Batch) -> Outcome
  ) {
    (self.model, self.layer, self.metrics, self.schedule, self.seed) = (model, layer, metrics, schedule, seed)
    self.outcome = outcome
    self.groups = groups
    updater = Updater(optimizer, for: model, groups: groups)
  }

  /// Ends the run after the current epoch. For callbacks.
  public func stop(_ reason: String) { stopReason = stopReason ?? reason }

  /// Multiplies the learning rate of all further steps. For callbacks.
  public func multiplyRate(by factor: Double) { run.rateFactor *= factor }
}
