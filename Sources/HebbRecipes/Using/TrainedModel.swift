import HebbArrays
import HebbData
import HebbLayers

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

  /// The name under which the file keeps what is not an array.
  private static let key = "hebb.model"

  package init(
    spec: NetworkSpec, network: Sequential, input: Shape, classNames: [String], outputs: Int,
    normalization: Normalization, tone: PictureTone?
  ) {
    (self.spec, self.network, self.input, self.classNames) = (spec, network, input, classNames)
    (self.outputs, self.normalization, self.tone) = (outputs, normalization, tone)
  }

  /// The network's probabilities for one prepared sample, or its numbers where there are no classes.
  package func callAsFunction(_ sample: NDArray) -> [Double] {
    let output = network(normalization.normalized(sample.reshaped(input.inserting(1, at: 0))))
    let values = classNames.isEmpty ? output : output.softmax()
    return values.elements(as: Float.self).map(Double.init)
  }

  /// Writes the file whole or not at all.
  package func write(to path: String) throws(DataError) {
    try SafetensorsFile(
      tensors: network.namedParameters.map { ($0.name, $0.parameter.value) },
      metadata: ["format": "hebb", TrainedModel.key: description.description]
    ).write(to: path)
  }

  private var description: JSON {
    .object(
      [
        .init("network", spec.json),
        .init("input", .array(input.map { .integer($0) })),
        .init("outputs", .integer(outputs)),
        .init("classes", .array(classNames.map { .string($0) })),
        .init("mean", .array(normalization.mean.map { .number(Double($0)) })),
        .init("deviation", .array(normalization.deviation.map { .number(Double($0)) })),
      ] + (tone.map { [.init("white", .number($0.white)), .init("border", .number($0.border))] } ?? []))
  }

  /// Reads a file that ``write(to:)`` wrote.
  package init(reading path: String) throws(DataError) {
    let file = try SafetensorsFile(reading: path)
    guard let text = file.metadata[TrainedModel.key] else {
      throw DataError(
        path, "it holds weights but does not say of which network",
        advice: "name it in a network.yaml: weights: {file: …, layout: pytorch}")
    }
    let json = try JSON(parsing: Array(text.utf8), file: path)
    guard let network = json["network"], let extents = json["input"]?.elements?.map(\.integer),
      let outputs = json["outputs"]?.integer, let names = json["classes"]?.elements?.map(\.string),
      let normalization = Normalization(
        numbers: [
          "mean": json["mean"]?.elements?.map { $0.double ?? .nan } ?? [],
          "deviation": json["deviation"]?.elements?.map { $0.double ?? .nan } ?? [],
        ])
    else { throw TrainedModel.damaged(path) }
    let input = extents.compactMap(\.self)
    let classNames = names.compactMap(\.self)
    guard input.count == extents.count, (1...3).contains(input.count), input.allSatisfy({ (1...1 << 20).contains($0) }),
      input.reduce(1, *) <= 1 << 24, (1...1 << 20).contains(outputs), classNames.count == names.count,
      classNames.isEmpty || classNames.count == outputs, input.reduce(1, *) % normalization.mean.count == 0
    else { throw TrainedModel.damaged(path) }
    let spec = try NetworkSpec(network, file: path)
    let built = try NetworkBuilder.build(spec, input: Shape(input), outputs: outputs, seed: 0)
    do throws(ValueError) {
      try built.model.load(Dictionary(file.tensors.map { ($0.name, $0.value) }) { first, _ in first })
    } catch {
      throw DataError(path, error.description, advice: "train it again, or take an undamaged copy")
    }
    let white = json["white"]?.double
    let border = json["border"]?.double
    self.init(
      spec: spec, network: built.model, input: Shape(input), classNames: classNames, outputs: outputs,
      normalization: normalization,
      tone: white.flatMap { white in border.map { PictureTone(white: max(white, 1e-6), border: $0) } })
  }

  private static func damaged(_ path: String) -> DataError {
    DataError(path, "its description of the network is damaged", advice: "train it again, or take an undamaged copy")
  }
}
