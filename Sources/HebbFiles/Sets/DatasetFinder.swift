import Foundation
import HebbArrays
import HebbData

/// Finds data sets, in this order: in the folder that the user names, below `$HEBB_DATA`, where a package of the
/// distribution puts them, in the cache, else at their official address.
///
/// The cache is `$XDG_CACHE_HOME/hebb`, else `~/.cache/hebb`. `$HEBB_MIRROR` stands in for all official addresses: it must
/// serve `/NAME/FILE`.
public struct DatasetFinder: Sendable {
  /// The folder that the user named; no other place is searched then.
  public let folder: String?
  private let dataFolder: String?
  private let cache: String
  private let mirror: String?

  /// - Parameters:
  ///   - folder: where to look, and nowhere else; all the usual places unless given.
  ///   - environment: has `HEBB_DATA`, `HEBB_MIRROR`, `XDG_CACHE_HOME` and `HOME`.
  public init(folder: String? = nil, environment: [String: String] = ProcessInfo.processInfo.environment) {
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    self.folder = folder
    dataFolder = value("HEBB_DATA")
    cache = (value("XDG_CACHE_HOME") ?? "\(value("HOME") ?? NSTemporaryDirectory())/.cache") + "/hebb"
    mirror = value("HEBB_MIRROR")
  }

  /// The folder that holds a data set; `nil` where it is not on this machine.
  public func find(_ entry: CatalogEntry) -> String? {
    places(of: entry).first { entry.isComplete($0) }
  }

  /// Reads a data set.
  ///
  /// - Parameter fetching: fetches it from its official address where it is not on this machine.
  public func load(_ entry: CatalogEntry, fetching: Bool = true) throws(DataError) -> DatasetParts {
    if entry.isBuiltIn { return try entry.read("") }
    if let found = find(entry) { return try DatasetFinder.checked(entry.read(found), entry, found) }
    if let folder {
      throw DataError(folder, "the files of \(entry.name) are not there", advice: "name the folder that holds them")
    }
    guard fetching else {
      throw DataError(entry.name, "it is not on this machine", advice: advice(on: entry))
    }
    let fetched = try fetch(entry)
    return try DatasetFinder.checked(entry.read(fetched), entry, fetched)
  }

  /// Refuses parts that are empty, or do not belong together.
  private static func checked(
    _ parts: DatasetParts, _ entry: CatalogEntry, _ folder: String
  ) throws(DataError) -> DatasetParts {
    let (train, test) = (parts.train.inputs.shape, parts.test.inputs.shape)
    guard train[0] > 0, test[0] > 0, train.removing(0) == test.removing(0) else {
      throw DataError(
        folder, "the training samples of \(entry.name) are \(train), those to test \(test)",
        advice: "take all files from the same place")
    }
    return parts
  }

  /// What to do where a set is not on this machine.
  private func advice(on entry: CatalogEntry) -> String {
    guard !entry.isFetchable, let folder = entry.folderName else { return "run hebb data get \(entry.name)" }
    return "put its folder where HEBB_DATA points, as \(dataFolder ?? "$HEBB_DATA")/\(folder), or name it with --data"
  }

  /// Fetches a data set into the cache, checks it, and returns its folder there.
  public func fetch(_ entry: CatalogEntry) throws(DataError) -> String {
    guard let folderName = entry.folderNames.first, !entry.downloads.isEmpty else {
      throw DataError(entry.name, "there is no address to fetch it from", advice: entry.advice)
    }
    let target = "\(cache)/\(folderName)"
    for download in entry.downloads {
      let address = mirror.map { "\($0)/\(entry.name)/\(download.name)" } ?? download.address
      try Fetcher.fetch(download, from: address, into: target, advice: entry.advice)
    }
    return target
  }

  private func places(of entry: CatalogEntry) -> [String] {
    func below(_ root: String) -> [String] { entry.folderNames.map { "\(root)/\($0)" } }
    if let folder { return [folder] + below(folder) }
    return (dataFolder.map { below($0) + [$0] } ?? []) + [entry.distributionFolder].compactMap { $0 } + below(cache)
  }
}
