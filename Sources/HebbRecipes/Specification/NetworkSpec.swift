import HebbArrays

/// A network that can be trained, as text declares it: its data, its layers, its training.
///
/// Recipes, `network.yaml` files and the configuration inside of a model's file are all written in this one form, and one
/// builder makes layers of it.
///
///     name: mnist-mlp
///     data: {set: mnist}
///     network: [flatten, linear: 300, relu, linear: classes]
///     training: {epochs: 10, optimizer: adam}
public struct NetworkSpec: Sendable {
  public let name: String
  /// One line about it.
  public let summary: String
  package let data: DataSpec
  package let layers: [LayerSpec]
  package let training: TrainingSpec
  package let weights: WeightsSpec?
  /// The text's own values, for keeping them in a model's file.
  package let tree: SpecNode

  private static let settings = ["name", "summary", "data", "network", "training", "weights"]

  package init(_ tree: SpecNode) throws(DataError) {
    let settings = try tree.settings(NetworkSpec.settings, of: "a network file")
    self.tree = tree
    name = try NetworkSpec.name(settings["name"], file: tree.file)
    summary = try settings["summary"]?.text() ?? ""
    data = try DataSpec(settings.required("data"))
    layers = try LayerSpec.list(settings.required("network"))
    training = try settings["training"].map { (node) throws(DataError) in try TrainingSpec(node) } ?? TrainingSpec()
    weights = try settings["weights"].map { (node) throws(DataError) in try WeightsSpec(node) }
  }

  /// Reads YAML text; `file` is what errors call it.
  public init(yaml text: String, file: String) throws(DataError) {
    try self.init(SpecNode(yaml: text, file: file))
  }

  /// Reads a YAML file.
  public init(reading path: String) throws(DataError) {
    let bytes = try InputFile.bytes(of: path, limit: SpecNode.yamlByteLimit)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw DataError(path, "it is not text in UTF-8", advice: "save it as UTF-8")
    }
    try self.init(yaml: text, file: path)
  }

  /// What ``json`` gave, from a model's file.
  package init(_ json: JSON, file: String) throws(DataError) {
    try self.init(SpecNode(json: json, file: file, place: "its network"))
  }

  /// The declaration as JSON.
  package var json: JSON { tree.json }

  private static func name(_ node: SpecNode?, file: String) throws(DataError) -> String {
    guard let node else {
      let last = file.split(separator: "/").last.map(String.init) ?? file
      return last.split(separator: ".").first.map(String.init) ?? last
    }
    let name = try node.text("a name")
    let isPlain = name.allSatisfy { $0.isLetter || $0.isNumber || "-_".contains($0) }
    guard isPlain, (1...64).contains(name.count) else { throw node.expected("a name of letters, digits, - and _") }
    return name
  }
}
