import HebbArrays
import HebbData

extension CatalogEntry {
  /// A set of text, sound, scores or series for a task: its files are read by the recipe that learns from it.
  ///
  /// - Parameters:
  ///   - folders: the names that its folder may have.
  ///   - files: what the folder must hold, plain or packed by gzip.
  ///   - others: files that do instead.
  ///   - recipe: what `hebb train` calls the recipe.
  ///   - address: where people can fetch it by hand.
  ///   - downloads: the same as files that the program can fetch.
  ///   - distributionFolder: where a package of the distribution puts it.
  static func corpus(
    _ name: String, _ summary: String, licence: String, source: String, folders: [String], files: [String],
    others: [String] = [], recipe: String, address: String, downloads: [Download] = [],
    distributionFolder: String? = nil
  ) -> CatalogEntry {
    CatalogEntry(
      name: name, summary: summary, provenance: Provenance(licence: licence, source: source), folderNames: folders,
      distributionFolder: distributionFolder, downloads: downloads,
      advice: "fetch \(files.joined(separator: ", ")) from \(address) into a folder and name it with --data",
      isComplete: { hasFiles(files, in: $0) || !others.isEmpty && hasFiles(others, in: $0) },
      read: { folder throws(DataError) in
        throw DataError(folder, "\(name) is no set of samples of one shape", advice: "use it by hebb train \(recipe)")
      })
  }
}

extension DatasetFinder {
  /// The folder of a set whose files a recipe reads by itself.
  public func folder(of entry: CatalogEntry) throws(DataError) -> String {
    if let found = find(entry) { return found }
    if let folder {
      throw DataError(folder, "the files of \(entry.name) are not there", advice: "name the folder that holds them")
    }
    throw DataError(
      entry.name, "it is not on this machine",
      advice: entry.downloads.isEmpty ? entry.advice : "run hebb data get \(entry.name)")
  }
}
