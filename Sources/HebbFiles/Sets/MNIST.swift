import Foundation
import HebbArrays
import HebbData

extension CatalogEntry {
  static let mnist = MNISTFiles.entry(
    name: "mnist", summary: "70,000 handwritten digits of 28 × 28, grey",
    provenance: Provenance(
      licence: "CC BY-SA 3.0", source: "LeCun, Cortes and Burges 1998, http://yann.lecun.com/exdb/mnist/"),
    classNames: (0..<10).map(String.init), distributionFolder: nil,
    // The authors' page asks for a password now; this is the copy that PyTorch's torchvision uses.
    address: "https://ossci-datasets.s3.amazonaws.com/mnist",
    sums: [
      "6bbc9ace898e44ae57da46a324031adb", "a25bea736e30d166cdddb491f175f624", "2646ac647ad5339dbf082846283269ea",
      "27ae3e4e09519cfbb04c329615203637",
    ])
}

/// The four IDX files, packed by gzip or plain, that MNIST and the sets made in its likeness consist of.
enum MNISTFiles {
  static let trainImages = "train-images-idx3-ubyte"
  static let trainLabels = "train-labels-idx1-ubyte"
  static let testImages = "t10k-images-idx3-ubyte"
  static let testLabels = "t10k-labels-idx1-ubyte"

  static func entry(
    name: String, summary: String, provenance: Provenance, classNames: [String], distributionFolder: String?,
    address: String, sums: [String]
  ) -> CatalogEntry {
    let files = [trainImages, trainLabels, testImages, testLabels]
    return CatalogEntry(
      name: name, summary: summary, provenance: provenance, folderNames: [name], distributionFolder: distributionFolder,
      downloads: zip(files, sums).map { file, sum in
        .init(name: "\(file).gz", address: "\(address)/\(file).gz", checksum: .content(sum), limit: 1 << 26)
      },
      isComplete: { hasFiles(files, in: $0) },
      read: { folder throws(DataError) in
        try load(from: folder, name: name, classNames: classNames, provenance: provenance)
      })
  }

  /// Pictures become `[count, 28, 28, 1]` bytes.
  static func load(
    from folder: String, name: String, classNames: [String], provenance: Provenance
  ) throws(DataError) -> DatasetParts {
    DatasetParts(
      train: try part("train", trainImages, trainLabels, folder, name, classNames, provenance),
      test: try part("test", testImages, testLabels, folder, name, classNames, provenance))
  }

  private static func part(
    _ part: String, _ imageFile: String, _ labelFile: String, _ folder: String, _ name: String, _ classNames: [String],
    _ provenance: Provenance
  ) throws(DataError) -> ArrayDataset {
    let (images, imagePath) = try read(imageFile, in: folder, rank: 3)
    let (labels, labelPath) = try read(labelFile, in: folder, rank: 1)
    guard images.shape[0] == labels.shape[0] else {
      throw DataError(
        labelPath, "\(labels.shape[0]) labels for the \(images.shape[0]) pictures of \(imagePath)",
        advice: "take all files from the same place")
    }
    return ArrayDataset(
      name: "\(name) \(part)", inputs: images.expanded(at: -1),
      targets: try checkedLabels(labels, classes: classNames.count, file: labelPath), classNames: classNames,
      provenance: provenance)
  }

  private static func read(_ name: String, in folder: String, rank: Int) throws(DataError) -> (NDArray, path: String) {
    let packed = "\(folder)/\(name).gz"
    let path = FileManager.default.fileExists(atPath: packed) ? packed : "\(folder)/\(name)"
    let array = try IDX.read(path)
    guard array.rank == rank, array.dtype == .uint8 else {
      throw DataError(
        path, at: "byte 2", "it holds \(array.dtype) of shape \(array.shape), not bytes with \(rank) axes",
        advice: "take the file that the data set's page names")
    }
    return (array, path)
  }
}

/// Labels as `int32`, each of them below `classes`.
func checkedLabels(_ labels: NDArray, classes: Int, file: String) throws(DataError) -> NDArray {
  let labels = labels.cast(to: .int32)
  let wrong = labels.read { (labels: UnsafeBufferPointer<Int32>) in labels.firstIndex { $0 < 0 || $0 >= classes } }
  if let wrong {
    throw DataError(
      file, at: "label \(wrong)", "\(Int(labels.element(wrong))) is not one of the \(classes) classes",
      advice: "the file is damaged or of another data set")
  }
  return labels
}
