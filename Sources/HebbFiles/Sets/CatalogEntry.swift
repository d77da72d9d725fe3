import Foundation
import HebbArrays
import HebbData

/// A data set in its usual two parts.
public struct DatasetParts: Sendable {
  /// The samples to learn from.
  public let train: ArrayDataset
  /// The samples to test with.
  public let test: ArrayDataset

  /// The part to learn from, and the part to test with.
  public init(train: ArrayDataset, test: ArrayDataset) {
    self.train = train
    self.test = test
  }
}

/// A data set that Hebb knows by name: what it is, where its files are, how they are read.
public struct CatalogEntry: Sendable {
  /// A file that the official address serves.
  public struct Download: Sendable {
    /// The file's own name.
    public let name: String
    /// Where it is served.
    public let address: String
    /// The MD5 sum: of the file, or of what is packed in it.
    let checksum: Checksum
    /// More bytes than this are refused.
    let limit: Int

    enum Checksum: Sendable {
      case file(String)
      case content(String)
    }
  }

  /// What `--data` and `hebb data get` call it.
  public let name: String
  /// One line.
  public let summary: String
  /// Under which terms the data may be used, and where they come from.
  public let provenance: Provenance
  /// The names that its folder may have below `$HEBB_DATA` and the cache; the first is used for fetching.
  let folderNames: [String]
  /// Where a package of the distribution puts it.
  var distributionFolder: String?
  /// What to fetch where it is found nowhere; empty where there is no official address for single files.
  var downloads: [Download] = []
  /// What to do where it cannot be fetched.
  var advice = "check the network, or fetch the files by hand into a folder and name it with --data"
  /// Whether a folder holds it.
  let isComplete: @Sendable (_ folder: String) -> Bool
  let read: @Sendable (_ folder: String) throws(DataError) -> DatasetParts

  /// What its folder is called below `$HEBB_DATA`, where it is not part of the program.
  public var folderName: String? { folderNames.first }

  /// Whether it can be fetched from an official address.
  public var isFetchable: Bool { !downloads.isEmpty }

  /// Whether it is part of the program and needs no file.
  public var isBuiltIn: Bool { folderNames.isEmpty }
}

extension CatalogEntry {
  /// A data set that is part of the program; a fifth of it, class by class, is for testing.
  init(builtIn name: String, _ summary: String, _ load: @escaping @Sendable () -> ArrayDataset) {
    let whole = load()
    self.init(
      name: name, summary: summary, provenance: whole.provenance ?? Provenance(licence: "none stated", source: name),
      folderNames: [], isComplete: { _ in true },
      read: { _ in
        let parts = whole.stratifiedSplit(testFraction: 0.2, seed: 0)
        return DatasetParts(train: whole.rows(at: parts.train.indices), test: whole.rows(at: parts.test.indices))
      })
  }
}

/// Whether all of these files, plain or packed by gzip, are in a folder.
func hasFiles(_ names: [String], in folder: String) -> Bool {
  names.allSatisfy { name in
    ["", ".gz"].contains { FileManager.default.fileExists(atPath: "\(folder)/\(name)\($0)") }
  }
}
