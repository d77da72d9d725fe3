import HebbArrays
import HebbData
import HebbFiles

/// Which data a network learns from, and how they are prepared.
///
///     data:
///       set: mnist                       # or folder: pictures/, table: flowers.csv, series: gunpoint,
///                                        # arrays: {inputs: x.npy, targets: y.npy}
///       normalize: channels
///       augment: [shift: 0.1, rotate: 10]
package struct DataSpec: Sendable {
  package enum Source: Sendable {
    /// A data set of the catalogue.
    case set(String)
    /// Pictures in a folder for each class, scaled to a size.
    case folder(String, size: Int?, channels: Int?, fit: PictureFit)
    /// A table of numbers.
    case table(String, TableForm)
    /// Time series with classes: a set of the catalogue, a `.ts` file, or a table with a series in each line.
    case series(String, target: String?)
    /// NumPy's arrays.
    case arrays(ArraySource)
  }

  package let source: Source
  package let normalization: NormalizationSpec
  package let augmentations: [any Augmentation]
  private let augmentationNodes: [SpecNode]
  /// The share of the training samples that is kept out of training to judge it by; 0 judges by the test set.
  package let validation: Double
  package let node: SpecNode

  private static let settings = [
    "set", "folder", "table", "series", "arrays", "size", "channels", "fit", "target", "classes", "header", "columns",
    "drop", "normalize", "augment", "validation",
  ]

  package init(_ node: SpecNode) throws(DataError) {
    self.node = node
    if case .text(let name) = node.value {
      source = try DataSpec.set(node, name: name)
      (normalization, augmentations, augmentationNodes, validation) = (.standard, [], [], 0)
      return
    }
    let settings = try node.settings(DataSpec.settings, of: "data")
    source = try DataSpec.source(settings)
    normalization =
      try settings["normalize"].map { (node) throws(DataError) in try NormalizationSpec(node) } ?? .standard
    let entries = try settings["augment"]?.items ?? []
    var augmentations: [any Augmentation] = []
    for entry in entries { augmentations.append(try AugmentationSpec.make(entry)) }
    (self.augmentations, augmentationNodes) = (augmentations, entries.map(\.node))
    validation = try settings["validation"]?.number(in: 0...0.9) ?? 0
  }

  /// How pictures of other proportions come to the size of the network's.
  package var fit: PictureFit { if case .folder(_, _, _, let fit) = source { fit } else { .pad } }

  /// Refuses changes of pictures where the samples are no pictures.
  package func checkAugmentations(of sample: Shape) throws(DataError) {
    guard sample.rank != 3 else { return }
    for (augmentation, node) in zip(augmentations, augmentationNodes) where !(augmentation is Noise) {
      throw node.failure(
        "“\(node.shown)” changes pictures, but the samples are \(sample)", advice: "leave it out, or use noise")
    }
  }

  private static func source(_ settings: SpecSettings) throws(DataError) -> Source {
    let named = ["set", "folder", "table", "series", "arrays"].filter { settings[$0] != nil }
    guard named.count == 1 else {
      throw settings.node.failure(
        "data must name one source, not \(named.count)", advice: "write one of set, folder, table, series and arrays")
    }
    func only(_ allowed: [String]) throws(DataError) {
      let particular = ["size", "channels", "fit", "target", "classes", "header", "columns", "drop"].filter {
        !allowed.contains($0)
      }
      for entry in settings.entries where particular.contains(entry.key) {
        throw entry.name.failure("“\(entry.key)” does not go with “\(named[0])”", advice: "leave it out")
      }
    }
    if let node = settings["set"] {
      try only([])
      return try set(node, name: node.text("the name of a data set"))
    }
    if let node = settings["folder"] {
      try only(["size", "channels", "fit"])
      return .folder(
        try node.text("a path"), size: try settings["size"]?.integer(in: 1...4096),
        channels: try settings["channels"]?.choice([("1", 1), ("3", 3)], of: "number of channels"),
        fit: try settings["fit"]?.choice([("pad", .pad), ("crop", .crop)], of: "way to fit pictures") ?? .pad)
    }
    if let node = settings["series"] {
      try only(["target"])
      return .series(
        try node.text("a path, or the name of a data set"), target: try settings["target"]?.text("a column's name"))
    }
    if let node = settings["arrays"] {
      try only(["classes"])
      return .arrays(try ArraySource(node, classes: settings["classes"]?.flag()))
    }
    try only(["target", "classes", "header", "columns", "drop"])
    return .table(try settings.required("table").text("a path"), try TableForm(settings))
  }

  private static func set(_ node: SpecNode, name: String) throws(DataError) -> Source {
    guard DataSets.names.contains(name) else { throw node.unknown(name, among: DataSets.names, "data set") }
    return .set(name)
  }
}

/// Files of samples and their targets, as a network file names them; `test-inputs` and `test-targets` may be left out.
package struct ArraySource: Sendable {
  package let inputs: String
  package let targets: String
  package let test: (inputs: String, targets: String)?
  /// Whether the targets are classes; whole numbers are, unless given.
  package let classes: Bool?

  init(_ node: SpecNode, classes: Bool?) throws(DataError) {
    self.classes = classes
    let settings = try node.settings(["inputs", "targets", "test-inputs", "test-targets"], of: "arrays")
    inputs = try settings.required("inputs").text("a path")
    targets = try settings.required("targets").text("a path")
    guard settings["test-inputs"] != nil || settings["test-targets"] != nil else {
      test = nil
      return
    }
    test = (
      try settings.required("test-inputs").text("a path"), try settings.required("test-targets").text("a path")
    )
  }
}
