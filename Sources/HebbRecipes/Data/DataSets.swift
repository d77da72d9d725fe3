import HebbArrays
import HebbTraining
import HebbData
import HebbFiles

/// Reads the data that a network file names.
package enum DataSets {
  /// The names of the catalogue.
  package static var names: [String] { DatasetCatalog.all.map(\.name) }

  /// The shape of a sample and the number of classes, where they are known without reading the data.
  package static func samples(of spec: DataSpec) -> (shape: Shape, outputs: Int)? {
    switch spec.source {
    case .set(let name), .series(let name, _): known.first { $0.name == name }.map { ($0.shape, $0.outputs) }
    case .folder, .table, .arrays: nil
    }
  }

  private static let known: [(name: String, shape: Shape, outputs: Int)] = [
    ("digits", [8, 8, 1], 10), ("iris", [4], 3), ("wine", [13], 3), ("mnist", [28, 28, 1], 10),
    ("fashion-mnist", [28, 28, 1], 10),
    ("cifar10", [32, 32, 3], 10), ("chinese-mnist", [64, 64, 1], 15),
    ("gunpoint", [150, 1], 2), ("italy-power-demand", [24, 1], 2), ("arrowhead", [251, 1], 3),
    ("basic-motions", [100, 6], 4),
  ]

  /// Training and test set as they are stored.
  ///
  /// - Parameters:
  ///   - folder: where the user says that the data are; it replaces a path that the network file names.
  ///   - base: the folder of the network file, which its paths start from.
  package static func load(_ spec: DataSpec, folder: String?, base: String) throws(DataError) -> DatasetParts {
    switch spec.source {
    case .set(let name):
      guard let entry = DatasetCatalog.entry(named: name) else {
        throw spec.node.unknown(name, among: names, "data set")
      }
      return try DatasetFinder(folder: folder).load(entry, fetching: false)
    case .folder(let path, let size, let channels, let fit):
      return try ImageFolder.readParts(
        folder ?? resolved(path, base: base), size: size.map { ($0, $0) }, channels: channels, fit: fit)
    case .table(let path, let form): return try table(folder ?? resolved(path, base: base), form)
    case .arrays(let arrays): return try ArrayFiles.load(arrays, base: folder ?? base)
    case .series(let path, let target):
      return try SeriesData.load(path, target: target, folder: folder, base: base)
    }
  }

  /// A table, of which a fifth is for testing.
  static func table(_ path: String, _ form: TableForm) throws(DataError) -> DatasetParts {
    let whole = try CSVFile.read(
      path, target: form.target.map { .name($0) } ?? .last, classes: form.classes, columns: form.columns,
      hasHeader: form.hasHeader)
    guard whole.count >= 10 else {
      throw DataError(
        whole.name, "\(PlainNumber.count(whole.count, "line")) cannot be learned from and tested on",
        advice: "give 10 or more")
    }
    let parts =
      form.classes ? whole.stratifiedSplit(testFraction: 0.2, seed: 0) : whole.split(testFraction: 0.2, seed: 0)
    return DatasetParts(train: whole.rows(at: parts.train.indices), test: whole.rows(at: parts.test.indices))
  }

  /// A path as a network file means it.
  package static func resolved(_ path: String, base: String) -> String {
    path.hasPrefix("/") || base.isEmpty ? path : "\(base)/\(path)"
  }
}
