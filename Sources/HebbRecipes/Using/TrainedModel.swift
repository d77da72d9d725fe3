import HebbArrays
import HebbData
import HebbLayers
import HebbTraining

/// A trained network with everything that using it needs: one file.
package struct TrainedModel {
  package let spec: NetworkSpec
  package let network: Sequential
  /// The shape of one sample.
  package let input: Shape
  package let classNames: [String]
  /// How many numbers the network gives.
  package let outputs: Int
  package let normalization: Normalization
  /// How pictures look that the network was trained on; nil for tables.
  package let tone: PictureTone?
  /// What the columns of a table are called that go in, in their order; empty where they have no names.
  package let columns: [String]

  package init(
    spec: NetworkSpec, network: Sequential, input: Shape, classNames: [String], outputs: Int,
    normalization: Normalization, tone: PictureTone?, columns: [String] = []
  ) {
    (self.spec, self.network, self.input, self.classNames) = (spec, network, input, classNames)
    (self.outputs, self.normalization, self.tone, self.columns) = (outputs, normalization, tone, columns)
  }

  /// The network's probabilities for one prepared sample, or its numbers where there are no classes. A loss other than
  /// cross-entropy gives shares of the classes that are no probabilities, but rank them.
  package func callAsFunction(_ sample: NDArray) -> [Double] {
    let output = network(normalization.normalized(sample.reshaped(input.inserting(1, at: 0))))
    let shares = (spec.training.loss ?? .standard(classified: true)).shares
    let values = classNames.isEmpty ? output : shares(output)
    return values.elements(as: Float.self).map(Double.init)
  }

  /// Writes the file whole or not at all.
  package func write(to path: String, history: History = History()) throws(CheckpointError) {
    try ModelFile(
      network, configuration: configuration.description, classNames: classNames, normalization: normalization,
      history: history
    ).write(to: path)
  }

  private var configuration: JSON {
    .object(
      [
        .init("network", spec.json), .init("input", .array(input.map { .integer($0) })),
        .init("outputs", .integer(outputs)),
      ] + (tone.map { [.init("white", .number($0.white)), .init("border", .number($0.border))] } ?? [])
        + (tone?.ink.map { [.init("ink", .number($0))] } ?? [])
        + (tone?.centering == .mass ? [.init("centering", .string("mass"))] : [])
        + (columns.isEmpty ? [] : [.init("columns", .array(columns.map { .string($0) }))]))
  }

  /// Reads a file that ``write(to:history:)`` wrote.
  package init(reading path: String) throws(RecipeError) {
    let file: ModelFile
    do throws(CheckpointError) { file = try ModelFile(reading: path) } catch { throw .checkpoint(error) }
    do throws(DataError) { try self.init(file, path) } catch { throw .data(error) }
    do throws(CheckpointError) { try file.load(into: network) } catch { throw .checkpoint(error) }
    if let bad = network.namedParameters.first(where: { !$0.parameter.value.allFinite }) {
      throw .data(
        DataError(
          path, at: "tensor “\(bad.name)”", "it holds numbers that are infinite or NaN",
          advice: "train it again, or take an undamaged copy"))
    }
  }

  /// The network that a file describes, with weights yet to be read.
  private init(_ file: ModelFile, _ path: String) throws(DataError) {
    guard try GenerativeForm(file) == nil else {
      throw DataError(path, "it is a network that makes pictures", advice: "use hebb sample or hebb colorize")
    }
    guard !file.configuration.isEmpty else {
      throw DataError(
        path, "it holds weights alone, without layers, classes and normalisation",
        advice: "declare these in a network file with weights: {file: …}, and give that")
    }
    let json = try JSON(parsing: Array(file.configuration.utf8), file: path, part: "configuration")
    if let task = json["task"]?.string {
      throw DataError(path, "it holds a network to \(task)", advice: "use hebb \(task)")
    }
    guard let network = json["network"], let extents = json["input"]?.elements?.map(\.integer),
      let outputs = json["outputs"]?.integer, let normalization = file.normalization
    else { throw TrainedModel.damaged(path) }
    let input = extents.compactMap(\.self)
    guard input.count == extents.count, (1...3).contains(input.count),
      input.allSatisfy({ (1...1 << 20).contains($0) }), BuildBudget.product(input) <= 1 << 24,
      (1...1 << 20).contains(outputs), file.classNames.isEmpty || file.classNames.count == outputs,
      BuildBudget.product(input) % normalization.mean.count == 0
    else { throw TrainedModel.damaged(path) }
    let spec = try NetworkSpec(network, file: path)
    // A network that is far larger than its file is not built first and compared then.
    let held = file.values.reduce(0) { $0 + $1.value.count }
    let built = try NetworkBuilder.build(
      spec, input: Shape(input), outputs: outputs, seed: 0, weightLimit: 2 * held + 65_536)
    let white = json["white"]?.double
    let border = json["border"]?.double
    let ink = json["ink"]?.double.map { min(max($0, 0.1), 1) }
    let centering = json["centering"]?.string.flatMap(DrawnInk.Centering.init) ?? .box
    let columns = json["columns"]?.elements?.compactMap(\.string) ?? []
    guard columns.isEmpty || columns.count == BuildBudget.product(input) && Set(columns).count == columns.count else {
      throw TrainedModel.damaged(path)
    }
    self.init(
      spec: spec, network: built.model, input: Shape(input), classNames: file.classNames, outputs: outputs,
      normalization: normalization,
      tone: white.flatMap { white in
        border.map { PictureTone(white: max(white, 1e-6), border: $0, ink: ink, centering: centering) }
      }, columns: columns)
  }

  private static func damaged(_ path: String) -> DataError {
    DataError(path, "its description of the network is damaged", advice: "train it again, or take an undamaged copy")
  }
}
