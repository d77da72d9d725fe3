import Foundation
import Hebb
import HebbFiles

/// Pictures with captions, in two parts.
package struct CaptionedPictures {
  /// A picture `uint8` `[side, side, 3]` with what people wrote under it.
  package struct Item {
    let name: String
    let picture: NDArray
    let captions: [String]
  }

  let name: String
  package let train: [Item], validation: [Item]

  /// The set's name, its folder or archive, or a folder with pictures and `captions.tsv`.
  ///
  /// - Parameter side: what pictures are scaled to, cut to a square.
  package static func load(_ source: String, side: Int) throws -> CaptionedPictures {
    let own = "a folder with pictures and captions.tsv"
    switch try CorpusSource(source, of: [.cocoCaptionsTiny], own: own) {
    case .folder(let folder, let set?):
      return try read(archive: TextFile.path("\(set.name).tar", in: folder), side: side)
    case .folder(let folder, nil): return try read(folder: folder, side: side)
    case .file: throw DataError(source, "it is no folder", advice: "give \(own)")
    }
  }

  static func fitted(_ picture: NDArray, side: Int) -> NDArray {
    Picture.fitted(Picture.picture(picture, channels: 3), height: side, width: side, by: .crop)
  }

  // MARK: - COCO

  /// An archive with `captions.json`, a list of objects with `split`, `file` and `captions`.
  private static func read(archive path: String, side: Int) throws -> CaptionedPictures {
    var list: [JSON] = []
    var pictures: [String: NDArray] = [:]
    try Archive.forEachFile(in: .file(path), entryLimit: 1 << 24, totalLimit: 1 << 30) { (entry) throws(DataError) in
      if entry.path.hasSuffix("captions.json") {
        list = try JSON(parsing: entry.bytes, file: path).elements ?? []
      } else if [".jpg", ".jpeg", ".png"].contains(where: entry.path.lowercased().hasSuffix) {
        pictures[entry.path] = fitted(try Picture.decode(entry.bytes, name: entry.path), side: side)
      }
    }
    var (train, validation) = ([Item](), [Item]())
    for object in list {
      guard let file = object["file"]?.string, let picture = pictures[file],
        let captions = object["captions"]?.elements?.compactMap({ $0.string.map { TextPairs.plain($0) } }),
        let split = object["split"]?.string, !captions.contains("")
      else {
        throw DataError(
          path, at: "captions.json", "a picture lacks its file, split or captions", advice: "take an undamaged copy")
      }
      let item = Item(name: file, picture: picture, captions: captions)
      if split == "train" { train.append(item) } else { validation.append(item) }
    }
    guard !train.isEmpty, !validation.isEmpty else {
      throw DataError(path, "there are no pictures with captions", advice: "take an undamaged copy")
    }
    return CaptionedPictures(name: "COCO, a pinch", train: train, validation: validation)
  }

  // MARK: - A folder of one's own

  /// Pictures and `captions.tsv`, with the name of a picture, a tab and a caption in each line. A tenth of the pictures is
  /// kept apart.
  private static func read(folder: String, side: Int) throws -> CaptionedPictures {
    let table = "\(folder)/captions.tsv"
    var captions: [String: [String]] = [:]
    var order: [String] = []
    for (index, line) in try TextFile.lines(of: table).enumerated() where !TextPairs.plain(line).isEmpty {
      let columns = line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
      guard columns.count == 2, !columns[0].isEmpty, !TextPairs.plain(columns[1]).isEmpty else {
        throw DataError(
          table, at: "line \(index + 1)", columns.count < 2 ? "there is no tab" : "the name or the caption is empty",
          advice: "write the name of a picture, a tab and its caption in each line")
      }
      let name = String(columns[0])
      if captions[name] == nil { order.append(name) }
      captions[name, default: []].append(TextPairs.plain(columns[1]))
    }
    guard order.count >= 4 else {
      throw DataError(table, "captions of \(order.count) pictures are too few", advice: "give 4 pictures or more")
    }
    var items: [Item] = []
    for name in order {
      let picture = fitted(try Picture.read("\(folder)/\(name)"), side: side)
      items.append(Item(name: name, picture: picture, captions: captions[name] ?? []))
    }
    var random = Philox(seed: 0)
    let shuffled = items.indices.shuffled(using: &random).map { items[$0] }
    let part = max(1, items.count / 10)
    return CaptionedPictures(
      name: (folder as NSString).lastPathComponent, train: Array(shuffled.dropFirst(part)),
      validation: Array(shuffled.prefix(part)))
  }
}

/// A picture with one caption for each sample; the pictures lie in memory once.
struct CaptionDataset: Dataset {
  let name: String
  let pictures: NDArray
  /// The picture of each sample.
  let places: [Int]
  /// int32 `[samples, longest]`, −1 behind shorter captions.
  let targets: NDArray
  let lengths: [Int]
  let normalization: Normalization
  let classNames: [String] = []

  init(_ name: String, _ items: [CaptionedPictures.Item], captions limit: Int, _ vocabulary: PairVocabulary) {
    self.name = name
    pictures = .stacked(items.map(\.picture), axis: 0)
    let pairs = items.enumerated().flatMap { place, item in
      item.captions.prefix(limit).map { (place: place, tokens: vocabulary.encode($0)) }
    }
    places = pairs.map(\.place)
    lengths = pairs.map(\.tokens.count)
    targets = PaddedSequences(pairs.map(\.tokens), padding: -1).numbers
    normalization = DescribeModel.normalization
  }

  var count: Int { places.count }
  func inputs(at indices: [Int]) -> NDArray { pictures.rows(at: indices.map { places[$0] }) }

  func targets(at indices: [Int]) -> NDArray {
    let longest = indices.map { lengths[$0] }.max() ?? 0
    return targets.rows(at: indices).sliced(axis: 1, from: 0, to: longest)
  }
}
