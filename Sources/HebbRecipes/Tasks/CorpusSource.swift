import Foundation
import Hebb
import HebbFiles

/// Where a recipe takes its data from: a file of the user's own, or the folder that holds a set of the catalogue.
enum CorpusSource {
  case file(String)
  case folder(String)

  /// - Parameters:
  ///   - source: a set's name, a file, or a folder.
  ///   - entry: the set that the recipe knows.
  init(_ source: String, of entry: CatalogEntry) throws(DataError) {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: source, isDirectory: &isFolder)
    if exists, !isFolder.boolValue {
      self = .file(source)
    } else if DatasetCatalog.entry(named: source)?.name == entry.name {
      self = .folder(try DatasetFinder().folder(of: entry))
    } else if exists {
      self = .folder(try DatasetFinder(folder: source).folder(of: entry))
    } else {
      throw DataError(source, "there is no such file or folder", advice: "give a file, a folder, or \(entry.name)")
    }
  }
}
