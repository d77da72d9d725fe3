import Foundation
import HebbArrays
import HebbData
import HebbFiles

/// Finds time series with classes where a network file or the user says that they are.
enum SeriesData {
  /// - Parameters:
  ///   - path: a data set's name or a file, as the network file gives it.
  ///   - folder: what the user gives instead: a name, a file, or the folder that holds the network file's set.
  static func load(_ path: String, target: String?, folder: String?, base: String) throws(DataError) -> DatasetParts {
    if let folder, isFolder(folder) {
      guard let entry = DatasetCatalog.entry(named: path) else {
        throw DataError(folder, "it is a folder", advice: "name a .ts file or a table")
      }
      return try DatasetFinder(folder: folder).load(entry, fetching: false)
    }
    let source = folder ?? DataSets.resolved(path, base: base)
    let isThere = FileManager.default.fileExists(atPath: source)
    if !isThere, let entry = DatasetCatalog.entry(named: folder ?? path) {
      let finder = DatasetFinder()
      guard entry.isBuiltIn || finder.find(entry) != nil else {
        throw DataError(
          entry.name, "it is not on this machine",
          advice: "name the folder that holds it, or a .ts file or a table of your own, with --data")
      }
      return try finder.load(entry, fetching: false)
    }
    if source.hasSuffix(".ts") || source.hasSuffix(".ts.gz") { return try TimeSeriesFile.readParts(source) }
    let parts = try DataSets.table(source, TableForm(target: target))
    return DatasetParts(train: sequences(parts.train), test: sequences(parts.test))
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// The numbers of each line as steps of one variable.
  private static func sequences(_ table: ArrayDataset) -> ArrayDataset {
    ArrayDataset(
      name: table.name, inputs: table.inputs.reshaped(table.inputs.shape.inserting(1, at: 2)), targets: table.targets,
      classNames: table.classNames)
  }
}
