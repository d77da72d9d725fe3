import Foundation
import HebbArrays
import HebbData

extension CatalogEntry {
  static let fsdd = CatalogEntry(
    name: "fsdd", summary: "3,000 recordings of spoken English digits by six speakers, 8,000 samples a second",
    provenance: Provenance(
      licence: "CC BY-SA 4.0", source: "Jackson et al., Free Spoken Digit Dataset, doi:10.5281/zenodo.1342401"),
    folderNames: ["fsdd", "free-spoken-digit-dataset"],
    advice:
      "fetch the folder recordings of https://github.com/Jakobovski/free-spoken-digit-dataset and name its parent "
      + "with --data",
    isComplete: { folder in
      RecordingFiles.places.contains { FileManager.default.fileExists(atPath: "\(folder)/\($0)") }
    },
    read: { folder throws(DataError) in
      throw DataError(
        folder, "fsdd is no set of samples of one shape", advice: "use it by hebb train speech-digits")
    })
}
