/// Where a run stands, apart from arrays.
struct RunState: Sendable, Hashable {
  /// Epochs that are finished.
  var epoch = 0
  /// Batches of the current epoch that are done.
  var batch = 0
  /// Batches since the run began: keys the random numbers of a step.
  var batches = 0
  /// Batches whose gradients wait for the weights' next step.
  var waiting = 0
  /// Over the current epoch.
  var lossSum = 0.0
  var samples = 0
  var seconds = 0.0
  /// That of the last step.
  var learningRate = 0.0
  /// By which plateaus have lowered the rate.
  var rateFactor = 1.0
  /// The best epoch so far by the plan's measure.
  var best: EpochRecord?
}

/// What a callback can see of a run while it is under way.
public struct Progress: Sendable, Hashable {
  /// Counted from 1.
  public let epoch: Int
  /// The number of the last epoch that is asked for.
  public let epochs: Int
  /// Batches of the epoch that are done.
  public let batch: Int
  /// Batches that the epoch has.
  public let batchCount: Int
  /// Steps of the weights since the run began.
  public let step: Int
  /// The mean loss over the epoch so far.
  public let loss: Double
  /// That of the last batch, by schedule and plateaus.
  public let learningRate: Double
  /// Samples of the epoch that are done.
  public let samples: Int
  /// Seconds that these samples took.
  public let seconds: Double
}
