import HebbArrays
import HebbData
import HebbFiles

/// Reads the data that a network file names.
package enum DataSets {
  /// The names of the catalogue.
  package static var names: [String] { DatasetCatalog.all.map(\.name) }

  /// Training and test set as they are stored.
  ///
  /// - Parameters:
  ///   - folder: where the user says that the data are; it replaces a path that the network file names.
  ///   - base: the folder of the network file, which its paths start from.
  package static func load(_ spec: DataSpec, folder: String?, base: String) throws(DataError) -> DatasetParts {
    switch spec.source {
    case .set(let name):
      guard let entry = DatasetCatalog.entry(named: name) else { throw spec.node.unknown(name, among: names, "data set") }
      return try DatasetFinder(folder: folder).load(entry, fetching: false)
    case .folder(let path, let size, let channels):
      return try ImageFolder.readParts(
        folder ?? resolved(path, base: base), size: size.map { ($0, $0) }, channels: channels)
    case .table(let path, let target, let classes):
      let whole = try CSVFile.read(
        folder ?? resolved(path, base: base), target: target.map { .name($0) } ?? .last, classes: classes)
      guard whole.count >= 10 else {
        throw DataError(whole.name, "\(whole.count) lines are too few to train and test on", advice: "give 10 or more")
      }
      let parts =
        classes ? whole.stratifiedSplit(testFraction: 0.2, seed: 0) : whole.split(testFraction: 0.2, seed: 0)
      return DatasetParts(train: whole.rows(at: parts.train.indices), test: whole.rows(at: parts.test.indices))
    }
  }

  /// A path as a network file means it.
  package static func resolved(_ path: String, base: String) -> String {
    path.hasPrefix("/") || base.isEmpty ? path : "\(base)/\(path)"
  }
}
