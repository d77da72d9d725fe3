import HebbAutograd
import HebbData

/// Something that watches training, and may change its course.
///
/// All methods do nothing unless a callback says otherwise. They are called on the thread that trains, in the order of
/// ``Trainer/callbacks``.
public protocol Callback: AnyObject {
  /// What the callback must remember for a run to be resumed: part of every checkpoint.
  var state: [String: Double] { get set }
  /// Before the first batch of a `fit`, after a checkpoint has been read.
  func fitBegan(_ trainer: Trainer) throws(TrainingError)
  /// When the gradients of a batch are known and before the weights change.
  func gradientsComputed(_ gradients: Gradients, of batch: Batch, _ trainer: Trainer)
  /// After each batch, when ``Trainer/progress`` counts it.
  func batchEnded(_ trainer: Trainer) throws(TrainingError)
  /// After the validation of an epoch, and before its checkpoint.
  func epochEnded(_ record: EpochRecord, _ trainer: Trainer) throws(TrainingError)
  /// After the last epoch, or when training stops for another reason.
  func fitEnded(_ trainer: Trainer)
}

extension Callback {
  public var state: [String: Double] {
    get { [:] }
    set {}
  }
  public func fitBegan(_ trainer: Trainer) throws(TrainingError) {}
  public func gradientsComputed(_ gradients: Gradients, of batch: Batch, _ trainer: Trainer) {}
  public func batchEnded(_ trainer: Trainer) throws(TrainingError) {}
  public func epochEnded(_ record: EpochRecord, _ trainer: Trainer) throws(TrainingError) {}
  public func fitEnded(_ trainer: Trainer) {}
}
