import Foundation
import Hebb
import HebbFiles

/// Where a recipe takes its data from: a file of the user's own, or a folder, which may hold a set of the catalogue.
enum CorpusSource {
  case file(String)
  case folder(String, set: CatalogEntry?)

  /// - Parameters:
  ///   - source: a set's name, a file, or a folder.
  ///   - sets: those that the recipe knows; of a folder that holds several the first one counts.
  ///   - own: what of the user's own can be given instead.
  init(_ source: String, of sets: [CatalogEntry], own: String = "a file, a folder") throws(DataError) {
    if let set = sets.first(where: { $0.name == DatasetCatalog.entry(named: source)?.name }) {
      self = .folder(try DatasetFinder().folder(of: set), set: set)
      return
    }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: source, isDirectory: &isFolder) else {
      let names = sets.map(\.name).joined(separator: ", ")
      throw DataError(source, "there is no such file, folder or set", advice: "give \(own), or \(names)")
    }
    guard isFolder.boolValue else {
      self = .file(source)
      return
    }
    for set in sets {
      if let folder = DatasetFinder(folder: source).find(set) {
        self = .folder(folder, set: set)
        return
      }
    }
    self = .folder(source, set: nil)
  }

  /// A file, or a folder that holds a set.
  init(_ source: String, of set: CatalogEntry) throws(DataError) {
    self = try CorpusSource(source, of: [set])
    // Says what is missing.
    if case .folder(_, nil) = self { self = .folder(try DatasetFinder(folder: source).folder(of: set), set: set) }
  }
}
