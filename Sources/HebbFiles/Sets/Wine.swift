import Foundation
import HebbArrays
import HebbData

extension CatalogEntry {
  static let wine = CatalogEntry(
    name: "wine", summary: "178 wines of three growers, thirteen chemical measures each",
    provenance: WineFiles.provenance, folderNames: ["wine", "uci-toy"],
    advice: "fetch wine.data from https://archive.ics.uci.edu/dataset/109/wine and name its folder with --data",
    isComplete: { WineFiles.file(in: $0) != nil },
    read: { folder throws(DataError) in
      guard let path = WineFiles.file(in: folder) else {
        throw DataError(folder, "the file wine.data is not there", advice: "name the folder that holds it")
      }
      let whole = try WineFiles.read(path)
      let parts = whole.stratifiedSplit(testFraction: 0.2, seed: 0)
      return DatasetParts(train: whole.rows(at: parts.train.indices), test: whole.rows(at: parts.test.indices))
    })
}

/// The wines as their donors publish them, `wine.data` with the class first, or as scikit-learn holds them,
/// `wine_data.csv` with the class last below a line of counts and names.
enum WineFiles {
  static let provenance = Provenance(
    licence: "CC BY 4.0", source: "Aeberhard and Forina 1992, UCI, doi:10.24432/C5PC7J")
  private static let published = "wine.data"
  private static let packed = "wine_data.csv"
  private static let shape = (count: 178, features: 13)
  private static let classNames = ["grower 1", "grower 2", "grower 3"]

  static func file(in folder: String) -> String? {
    [published, packed].map { "\(folder)/\($0)" }.first { FileManager.default.fileExists(atPath: $0) }
  }

  static func read(_ path: String) throws(DataError) -> ArrayDataset {
    var bytes = try Archive.unpacked(.file(path), limit: 1 << 20)
    let isPublished = path.hasSuffix(published)
    if !isPublished, let end = bytes.firstIndex(of: UInt8(ascii: "\n")) { bytes.removeSubrange(...end) }
    let table = try CSVFile.decode(bytes, name: path, target: isPublished ? .index(0) : .last, hasHeader: false)
    guard table.inputs.shape == [shape.count, shape.features], table.classNames.count == classNames.count else {
      throw DataError(
        path, "it holds \(table.inputs.shape) numbers in \(table.classNames.count) classes, not 178 wines of 3",
        advice: "fetch the file again")
    }
    return ArrayDataset(
      name: "wine", inputs: table.inputs, targets: table.targets, classNames: classNames, provenance: provenance)
  }
}
