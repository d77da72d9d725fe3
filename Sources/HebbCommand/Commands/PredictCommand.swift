import ArgumentParser
import HebbArrays
import HebbPlots
import HebbRecipes

/// `hebb predict`: asks a trained network.
struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Ask a trained network about pictures or rows of numbers.",
    discussion: """
      hebb predict runs/mnist-lenet photo.jpg
      hebb predict model.safetensors a.png b.jpg --top 5
      hebb predict runs/iris 5.1,3.5,1.4,0.2
      hebb predict runs/iris flowers.csv --json
      cat photo.png | hebb predict runs/digits -

      Pictures of any size, grey or colour, are scaled to the network's, proportions kept: the longer side fits, and the \
      rest takes the colour of the border (with fit: crop in the network file the shorter side fits, and the longer is \
      cut). Transparency becomes white. What is drawn, such as a digit, is found on paper or board of any shade, in \
      uneven light too, and made as large, as central and as bright as in the training pictures. Other pictures, and \
      those of the network's own size, need --invert where black and white are the other way round than in training; a \
      note says so.

      Tables may name their columns in the first line: those of training are found by name, in any order, and others \
      are left out. Without names they go by their place.
      """)

  @Argument(
    help: ArgumentHelp("A run's folder, a model file, or a network file that names weights.", valueName: "model"))
  var model: String

  @Argument(
    help: ArgumentHelp(
      "PNG and JPEG pictures, files with rows of numbers, rows themselves, or - for standard input.", valueName: "input"
    ),
    completion: .file())
  var inputs: [String] = ["-"]

  @Option(help: ArgumentHelp("How many classes are named.", valueName: "n"))
  var top = 3

  @Flag(help: "Change black and white of pictures.")
  var invert = false

  @OptionGroup var work: ThreadOptions

  @Flag(help: "Print one line of JSON for each sample.")
  var json = false

  func validate() throws {
    guard top >= 1 else { throw ValidationError("--top must be 1 or more") }
  }

  func run() throws {
    work.apply()
    let model = try trained()
    let reader = SampleReader(for: model, inverts: invert)
    for input in inputs {
      for sample in try samples(input, reader) { try answer(sample, model) }
    }
  }

  /// The network of a run or a model file; or that of a network file, with the weights that it names.
  private func trained() throws -> TrainedModel {
    guard Names.isNetworkFile(model) else { return try TrainedModel(reading: Names.modelFile(model)) }
    return try Names.weighted(model, data: nil).trainedModel
  }

  private func samples(_ input: String, _ reader: SampleReader) throws -> [SampleReader.Sample] {
    if input == "-" { return try reader.read(StandardInput.bytes(), name: "standard input") }
    if isRow(input) { return [try reader.row(input, name: "the row")] }
    return try reader.read(InputFile.bytes(of: input, limit: 1 << 28), name: input)
  }

  /// Whether an argument is a row of numbers rather than a path.
  private func isRow(_ input: String) -> Bool {
    let cells = input.split { $0 == "," || $0 == ";" || $0 == " " }
    return cells.count > 1 && cells.allSatisfy { Double($0) != nil }
  }

  private func answer(_ sample: SampleReader.Sample, _ model: TrainedModel) throws {
    let values = model(sample.values)
    guard values.allSatisfy(\.isFinite) else {
      throw DataError(
        sample.name, "the network's answer is infinite or NaN",
        advice: "check the input, or train the network again with a lower learning rate")
    }
    if sample.looksInverted {
      let change = invert ? "leave --invert out" : "try --invert"
      Console.error(
        "note: \(sample.name.printable) looks black for white compared with the pictures of training; \(change)")
    }
    if json {
      Console.line(PredictionJSON.json(sample.name, values, model.classNames, top: top).description)
      return
    }
    let prefix = inputs.count > 1 || sample.name.contains(":") ? "\(sample.name.printable)  " : ""
    guard !model.classNames.isEmpty else {
      return Console.line(prefix + values.map { NumberText.short($0) }.joined(separator: " "))
    }
    let ranked = PredictionJSON.ranked(values, top)
    Console.line(
      prefix
        + ranked.map { "\(model.classNames[$0].printable) \(NumberFormat.percent(values[$0], places: 1))" }.joined(
          separator: "  "))
  }
}

/// A prediction as JSON.
enum PredictionJSON {
  static func json(_ name: String, _ values: [Double], _ classNames: [String], top: Int) -> JSON {
    guard !classNames.isEmpty else {
      return .object([.init("input", .string(name)), .init("values", .array(values.map { .number($0) }))])
    }
    let classes = ranked(values, top).map { label -> JSON in
      .object([.init("class", .string(classNames[label])), .init("probability", .number(values[label]))])
    }
    return .object([
      .init("input", .string(name)), .init("class", classes[0]["class"] ?? .null), .init("top", .array(classes)),
    ])
  }

  /// The labels with the highest values, best first; the first of equals.
  static func ranked(_ values: [Double], _ count: Int) -> [Int] {
    let order = values.indices.sorted { (values[$1], $0) < (values[$0], $1) }
    return Array(order.prefix(max(1, count)))
  }
}
