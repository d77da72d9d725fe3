import Foundation
import HebbArrays
import HebbData

extension CatalogEntry {
  static let chineseMNIST = CatalogEntry(
    name: "chinese-mnist", summary: "15,000 handwritten Chinese numerals of 64 × 64 in 15 classes, grey",
    provenance: ChineseMNISTFiles.provenance, folderNames: ["chinese-mnist"],
    advice: "fetch it from https://www.kaggle.com/datasets/gpreda/chinese-mnist, pack it as "
      + "\(ChineseMNISTFiles.archive) and name its folder with --data",
    isComplete: { FileManager.default.fileExists(atPath: "\($0)/\(ChineseMNISTFiles.archive)") },
    read: { folder throws(DataError) in try ChineseMNISTFiles.read("\(folder)/\(ChineseMNISTFiles.archive)") })
}

/// JPEG files `input_SUITE_SAMPLE_CODE.jpg`, a suite for each of the hundred writers: suites 1 to 80 are for training, 81 to
/// 100 for testing, so that no writer is in both.
enum ChineseMNISTFiles {
  static let archive = "chinese_mnist.tar.gz"
  static let provenance = Provenance(
    licence: "none stated", source: "Nazarpour and Chen, Newcastle University, doi:10.17634/137930-3")
  private static let classNames = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "百", "千", "万", "亿"]

  private struct Sample {
    let suite: Int
    let number: Int
    /// 1 to 15, in the order of the class names.
    let code: Int
    let entry: Archive.Entry

    init?(_ entry: Archive.Entry) {
      let name = (entry.path as NSString).lastPathComponent
      let words = name.dropLast(4).split(separator: "_").dropFirst().compactMap { Int($0) }
      guard words.count == 3, (1...15).contains(words[2]) else { return nil }
      (suite, number, code, self.entry) = (words[0], words[1], words[2], entry)
    }
  }

  static func read(_ path: String) throws(DataError) -> DatasetParts {
    var samples: [Sample] = []
    try Archive.forEachFile(in: .file(path), entryLimit: 1 << 20, where: { $0.hasSuffix(".jpg") }) {
      (entry) throws(DataError) in
      guard let sample = Sample(entry) else {
        throw DataError(
          path, at: entry.path, "its name is not input_SUITE_SAMPLE_CODE.jpg", advice: "fetch the file again")
      }
      samples.append(sample)
    }
    samples.sort { ($0.suite, $0.number, $0.code) < ($1.suite, $1.number, $1.code) }
    return DatasetParts(
      train: try part("train", samples.filter { $0.suite <= 80 }, path),
      test: try part("test", samples.filter { $0.suite > 80 }, path))
  }

  private static func part(_ part: String, _ samples: [Sample], _ path: String) throws(DataError) -> ArrayDataset {
    let inputs = try PictureStack.decode(samples.count, shape: [64, 64, 1]) { index in
      (samples[index].entry.bytes, "\(path), \(samples[index].entry.path)")
    }
    return ArrayDataset(
      name: "chinese-mnist \(part)", inputs: inputs, targets: NDArray(samples.map { Int32($0.code - 1) }),
      classNames: classNames, provenance: provenance)
  }
}
