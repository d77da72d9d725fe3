import HebbArrays
import HebbRuns

/// What is to be trained: a network file, and what the command line says otherwise.
package struct TrainingPlan: Sendable {
  package let spec: NetworkSpec
  /// The folder that paths of the network file start from.
  package let base: String
  /// Where the user says that the data are.
  package var dataFolder: String?
  package var epochs: Int
  package var seed: UInt64

  package init(_ spec: NetworkSpec, base: String) {
    (self.spec, self.base) = (spec, base)
    (epochs, seed) = (spec.training.epochs, spec.training.seed)
  }

  /// The plan as it is kept in `run.json`, its paths from the root: a run is gone on with from any folder.
  package var json: JSON {
    .object([
      .init("name", .string(spec.name)), .init("epochs", .integer(epochs)),
      .init("seed", .integer(Int(clamping: seed))),
      .init("data", dataFolder.map { .string(RunFolder.fromRoot(existing: $0)) } ?? .null),
      .init("base", .string(RunFolder.fromRoot(base))),
      .init("network", spec.json),
    ])
  }

  /// Reads the plan of a run that was begun.
  package init(resuming run: RunFolder) throws(DataError) {
    guard run.holdsRun else {
      throw DataError(run.path, "no run was begun here", advice: "name the folder that hebb train wrote to")
    }
    let bytes = try InputFile.bytes(of: run.description, limit: 1 << 22)
    let json = try JSON(parsing: bytes, file: run.description)
    guard let plan = json["plan"], let network = plan["network"], let epochs = plan["epochs"]?.integer,
      let seed = plan["seed"]?.integer, let base = plan["base"]?.string, (1...100_000).contains(epochs), seed >= 0
    else { throw DataError(run.description, "it does not say what was run", advice: "begin a new run") }
    spec = try NetworkSpec(network, file: run.description)
    (self.base, self.epochs, self.seed) = (base, epochs, UInt64(seed))
    dataFolder = plan["data"]?.string
  }
}
