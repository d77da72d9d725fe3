import Foundation
import HebbArrays
import HebbData

extension CatalogEntry {
  static let cifar10 = CatalogEntry(
    name: "cifar10", summary: "60,000 colour pictures of 32 × 32 in ten classes",
    provenance: CIFAR10Files.provenance, folderNames: ["cifar10", "cifar-10", "cifar10-jpeg"],
    downloads: [
      .init(
        name: CIFAR10Files.binary, address: "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
        checksum: .file("c32a1d4ab5d03f1284b67883e8d87530"), limit: 200_000_000)
    ],
    isComplete: { CIFAR10Files.archive(in: $0) != nil },
    read: { folder throws(DataError) in
      guard let archive = CIFAR10Files.archive(in: folder) else {
        throw DataError(folder, "there is no archive of CIFAR-10", advice: "put \(CIFAR10Files.binary) there")
      }
      return archive.hasSuffix(CIFAR10Files.binary)
        ? try CIFAR10Files.readBinary(archive) : try CIFAR10Files.readJPEG(archive)
    })
}

/// CIFAR-10 in its authors' binary form, or re-coded as JPEG with a folder for each class (`cifar10-jpeg….tar.gz`), which
/// is lossy and may be a part of the set.
enum CIFAR10Files {
  static let binary = "cifar-10-binary.tar.gz"
  static let provenance = Provenance(
    licence: "none stated", source: "Krizhevsky 2009, https://www.cs.toronto.edu/~kriz/cifar.html")
  private static let classNames = [
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
  ]

  static func archive(in folder: String) -> String? {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let name =
      names.first { $0 == binary } ?? names.sorted().first { $0.hasPrefix("cifar10-jpeg") && $0.hasSuffix(".tar.gz") }
    return name.map { "\(folder)/\($0)" }
  }

  /// Records of a label and 3 × 32 × 32 bytes, each channel by itself.
  static func readBinary(_ path: String) throws(DataError) -> DatasetParts {
    var files: [String: [UInt8]] = [:]
    let trainNames = (1...5).map { "data_batch_\($0).bin" }
    try Archive.forEachFile(in: .file(path), entryLimit: 1 << 26, where: { $0.hasSuffix(".bin") }) { entry in
      files[(entry.path as NSString).lastPathComponent] = entry.bytes
    }
    return DatasetParts(
      train: try part("train", of: trainNames, files, path), test: try part("test", of: ["test_batch.bin"], files, path)
    )
  }

  private static func part(
    _ part: String, of names: [String], _ files: [String: [UInt8]], _ path: String
  ) throws(DataError) -> ArrayDataset {
    var records: [UInt8] = []
    for name in names {
      guard let bytes = files[name], !bytes.isEmpty, bytes.count % 3073 == 0 else {
        throw DataError(path, at: name, "it is missing or not a list of records", advice: "fetch the file again")
      }
      records += bytes
    }
    let count = records.count / 3073
    let labels = NDArray((0..<count).map { Int32(records[$0 * 3073]) })
    let inputs = NDArray(shape: [count, 32, 32, 3]) { (out: UnsafeMutableBufferPointer<UInt8>) in
      records.withUnsafeBufferPointer { records in
        for i in 0..<count {
          for channel in 0..<3 {
            let from = i * 3073 + 1 + channel * 1024
            for pixel in 0..<1024 { out[(i * 1024 + pixel) * 3 + channel] = records[from + pixel] }
          }
        }
      }
    }
    return ArrayDataset(
      name: "cifar10 \(part)", inputs: inputs,
      targets: try checkedLabels(labels, classes: 10, file: path), classNames: classNames, provenance: provenance)
  }

  /// Files `train/CLASS/NNNN.jpg` and `test/CLASS/NNNN.jpg`, sorted by path.
  static func readJPEG(_ path: String) throws(DataError) -> DatasetParts {
    var entries: [Archive.Entry] = []
    try Archive.forEachFile(in: .file(path), entryLimit: 1 << 20, where: { $0.hasSuffix(".jpg") }) { entry in
      entries.append(entry)
    }
    entries.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    func part(_ name: String) throws(DataError) -> ArrayDataset {
      let files = entries.filter { $0.path.hasPrefix("\(name)/") || $0.path.contains("/\(name)/") }
      guard !files.isEmpty else {
        throw DataError(path, "there are no pictures below \(name)/", advice: "lay them out as \(name)/CLASS/NNNN.jpg")
      }
      var labels: [Int32] = []
      for file in files {
        guard
          let label = file.path.split(separator: "/").dropLast().last.flatMap({ classNames.firstIndex(of: String($0)) })
        else {
          throw DataError(
            path, at: file.path, "its folder is not one of the ten classes", advice: "fetch the file again")
        }
        labels.append(Int32(label))
      }
      let inputs = try PictureStack.decode(files.count, shape: [32, 32, 3]) { index in
        (files[index].bytes, "\(path), \(files[index].path)")
      }
      return ArrayDataset(
        name: "cifar10 \(name)", inputs: inputs, targets: NDArray(labels), classNames: classNames,
        provenance: provenance)
    }
    return DatasetParts(train: try part("train"), test: try part("test"))
  }
}
