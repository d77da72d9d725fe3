import Foundation
import HebbArrays
import HebbData

/// Pictures in a folder for each class: `CLASS/name.png`. Classes and pictures are taken in the order of their names, byte
/// by byte, so that every machine numbers them alike.
public enum ImageFolder {
  /// Reads a folder.
  ///
  /// - Parameters:
  ///   - size: what pictures are scaled to; without it all must have one size.
  ///   - fit: what becomes of pictures of other proportions.
  ///   - channels: 1 or 3; without it, three where the first picture of the folder has three.
  public static func read(
    _ folder: String, size: (height: Int, width: Int)? = nil, channels: Int? = nil, fit: PictureFit = .pad
  ) throws(DataError) -> ArrayDataset {
    try read(folder, size: size, channels: channels, fit: fit, everyClass: true)
  }

  /// - Parameter everyClass: whether a class without pictures is refused; the test part may lack some.
  private static func read(
    _ folder: String, size: (height: Int, width: Int)?, channels: Int?, fit: PictureFit, everyClass: Bool
  ) throws(DataError) -> ArrayDataset {
    let classes = try folders(in: folder)
    var files: [(path: String, label: Int32)] = []
    var empty: String?
    for (label, name) in classes.enumerated() {
      let found = try pictures(in: "\(folder)/\(name)")
      if found.isEmpty { empty = empty ?? "\(folder)/\(name)" }
      files += found.map { ("\(folder)/\(name)/\($0)", Int32(label)) }
    }
    guard let first = files.first else {
      throw DataError(folder, "there are no pictures in folders below it", advice: "lay pictures out as CLASS/name.png")
    }
    if everyClass, let empty {
      throw DataError(
        empty, "a class without a PNG or JPEG picture cannot be learned", advice: "remove the folder, or fill it")
    }
    let sample = try Picture.read(first.path)
    let extents = size ?? (sample.shape[0], sample.shape[1])
    let depth = channels ?? sample.shape[2]
    let inputs = try PictureStack.fill(files.count, shape: [extents.height, extents.width, depth]) {
      (index) throws(DataError) in
      let picture = Picture.picture(try Picture.read(files[index].path), channels: depth)
      if size != nil { return Picture.fitted(picture, height: extents.height, width: extents.width, by: fit) }
      guard picture.shape[0] == extents.height, picture.shape[1] == extents.width else {
        throw DataError(
          files[index].path,
          "it is \(picture.shape[1]) × \(picture.shape[0]), not \(extents.width) × \(extents.height)",
          advice: "scale all pictures alike, or say which size to scale them to")
      }
      return picture
    }
    return ArrayDataset(
      name: (folder as NSString).lastPathComponent, inputs: inputs, targets: NDArray(files.map(\.label)),
      classNames: classes)
  }

  /// Reads a folder in two parts: `train/CLASS/name.png` and `test/CLASS/name.png`, else `CLASS/name.png`, of which a fifth
  /// of each class is for testing.
  public static func readParts(
    _ folder: String, size: (height: Int, width: Int)? = nil, channels: Int? = nil, fit: PictureFit = .pad
  ) throws(DataError) -> DatasetParts {
    let names = try folders(in: folder)
    guard names.contains("train"), names.contains("test") else {
      let whole = try read(folder, size: size, channels: channels, fit: fit)
      let parts = whole.stratifiedSplit(testFraction: 0.2, seed: 0)
      return DatasetParts(train: whole.rows(at: parts.train.indices), test: whole.rows(at: parts.test.indices))
    }
    let train = try read("\(folder)/train", size: size, channels: channels, fit: fit)
    let test = try read(
      "\(folder)/test", size: (train.inputs.shape[1], train.inputs.shape[2]), channels: train.inputs.shape[3],
      fit: fit, everyClass: false)
    guard train.classNames == test.classNames else {
      throw DataError(folder, "train and test have different classes", advice: "give both parts the same folders")
    }
    return DatasetParts(train: train, test: test)
  }

  /// Reads a folder of pictures without classes: `name.png`, all of label 0.
  public static func readFlat(
    _ folder: String, size: (height: Int, width: Int), channels: Int? = nil, fit: PictureFit = .pad
  ) throws(DataError) -> ArrayDataset {
    let files = try pictures(in: folder).map { "\(folder)/\($0)" }
    guard let first = files.first else {
      throw DataError(folder, "there are no pictures in it", advice: "give a folder of PNG or JPEG pictures")
    }
    let sample = try Picture.read(first)
    let depth = channels ?? sample.shape[2]
    let inputs = try PictureStack.fill(files.count, shape: [size.height, size.width, depth]) {
      (index) throws(DataError) in
      let picture = Picture.picture(try Picture.read(files[index]), channels: depth)
      return Picture.fitted(picture, height: size.height, width: size.width, by: fit)
    }
    return ArrayDataset(
      name: (folder as NSString).lastPathComponent, inputs: inputs, targets: .zeros([files.count], dtype: .int32))
  }

  /// How many pictures lie in a folder itself, those in folders below it left out.
  public static func count(_ folder: String) throws(DataError) -> Int { try pictures(in: folder).count }

  private static func folders(in folder: String) throws(DataError) -> [String] {
    try names(in: folder).filter { PackedFiles.isFolder("\(folder)/\($0)") }
  }

  private static func pictures(in folder: String) throws(DataError) -> [String] {
    try names(in: folder).filter { name in
      [".png", ".jpg", ".jpeg"].contains { name.lowercased().hasSuffix($0) }
    }
  }

  /// The names in a folder that do not begin with a point, sorted by their bytes.
  private static func names(in folder: String) throws(DataError) -> [String] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw DataError(folder, "the folder cannot be read", advice: "check the path and its permissions")
    }
    return names.filter { !$0.hasPrefix(".") }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
