import Foundation
import HebbArrays
import HebbData

extension CatalogEntry {
  /// A set of the UCR and UEA archives, with the archive's own split into training and test series.
  ///
  /// - Parameter title: the archive's name of it, that of its folder and files.
  static func series(_ name: String, title: String, summary: String, source: String) -> CatalogEntry {
    CatalogEntry(
      name: name, summary: summary, provenance: Provenance(licence: "none stated", source: source),
      folderNames: [title, "ucr-tsc/\(title)"],
      advice: "fetch \(title) from https://timeseriesclassification.com and name its folder with --data",
      isComplete: { hasFiles(["\(title)_TRAIN.ts", "\(title)_TEST.ts"], in: $0) },
      read: { folder throws(DataError) in
        func path(_ part: String) -> String {
          let path = "\(folder)/\(title)_\(part).ts"
          return FileManager.default.fileExists(atPath: path) ? path : "\(path).gz"
        }
        return try TimeSeriesFile.parts(train: path("TRAIN"), test: path("TEST"))
      })
  }
}
