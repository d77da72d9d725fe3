import HebbArrays
import HebbTraining

/// Which epochs' checkpoints a run keeps besides the last.
///
///     keep: {best: accuracy, last: 3}
///
/// `best.safetensors` is the best epoch, whose weights the model then has; `checkpoint-epoch-7.safetensors` and its like
/// are the last ones.
package struct KeepSpec: Sendable {
  package let last: Int
  package let best: WatchSpec?

  init(_ node: SpecNode) throws(DataError) {
    let settings = try node.settings(["best", "last"], of: "keep")
    guard !settings.entries.isEmpty else { throw node.expected("best: MEASURE, last: NUMBER, or both") }
    last = try settings["last"]?.integer(in: 1...10_000) ?? 0
    best = try settings["best"].map { (node) throws(DataError) in try WatchSpec(measure: node) }
  }
}
