import Foundation
import HebbArrays
import HebbData

/// Time series with their classes in the `.ts` form of the UCR and UEA archives, plain or packed by gzip.
///
///     @univariate true
///     @classLabel true walk rest
///     @data
///     0.1,0.5,0.2:walk
///
/// Numbers stand between commas, the variables of a series between colons, its class behind the last.
///
/// - Source: Löning et al. 2019, "sktime: a unified interface for machine learning with time series", arXiv:1909.07872.
public enum TimeSeriesFile {
  /// Reads a file as a data set: `float32` inputs `[series, steps, variables]`.
  public static func read(_ path: String) throws(DataError) -> ArrayDataset {
    try decode(Archive.unpacked(.file(path), limit: 1 << 30), name: path)
  }

  /// The two parts of a set: `NAME_TRAIN.ts` and `NAME_TEST.ts` where both are there, whichever is named, else the parts of
  /// a single file, of which a fifth, class by class, is for testing.
  public static func readParts(_ path: String) throws(DataError) -> DatasetParts {
    for (part, other) in [("_TRAIN.ts", "_TEST.ts"), ("_TEST.ts", "_TRAIN.ts")] where path.hasSuffix(part) {
      let twin = path.dropLast(part.count) + other
      guard FileManager.default.fileExists(atPath: String(twin)) else { continue }
      let isTrain = part == "_TRAIN.ts"
      return try parts(train: isTrain ? path : String(twin), test: isTrain ? String(twin) : path)
    }
    let whole = try read(path)
    guard whole.count >= 10 else {
      throw DataError(path, "\(whole.count) series are too few to train and test on", advice: "give 10 or more")
    }
    let split = whole.stratifiedSplit(testFraction: 0.2, seed: 0)
    return DatasetParts(train: whole.rows(at: split.train.indices), test: whole.rows(at: split.test.indices))
  }

  static func parts(train: String, test: String) throws(DataError) -> DatasetParts {
    let parts = DatasetParts(train: try read(train), test: try read(test))
    guard parts.train.classNames == parts.test.classNames,
      parts.train.inputs.shape.removing(0) == parts.test.inputs.shape.removing(0)
    else {
      throw DataError(
        test, "its classes or lengths are not those of \(train)", advice: "take both files from the same set")
    }
    return parts
  }

  /// Reads the bytes of a file.
  ///
  /// - Parameter name: what errors call it.
  public static func decode(_ bytes: [UInt8], name: String) throws(DataError) -> ArrayDataset {
    var classNames: [String]?
    var inData = false
    var rows = SeriesRows(name: name)
    for (index, bytes) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw DataError(name, at: "line \(index + 1)", "it is not text in UTF-8", advice: "save it as UTF-8")
      }
      let line = text.trimmingCharacters(in: .whitespaces.union(.controlCharacters))
      if line.isEmpty || line.hasPrefix("#") { continue }
      if inData {
        try rows.add(line, number: index + 1, classNames: classNames ?? [])
      } else if line.lowercased() == "@data" {
        guard classNames != nil else {
          throw DataError(
            name, at: "line \(index + 1)", "no @classLabel names the classes", advice: "add @classLabel true A B")
        }
        inData = true
      } else {
        classNames = try heading(line, number: index + 1, name: name) ?? classNames
      }
    }
    guard let (steps, variables) = rows.extents else {
      throw DataError(name, "it has no series", advice: "it needs @data and a line for each series")
    }
    return ArrayDataset(
      name: name, inputs: NDArray(rows.values, shape: [rows.labels.count, steps, variables]),
      targets: NDArray(rows.labels), classNames: classNames ?? [])
  }

  /// The names of the classes, where a line of the head gives them.
  private static func heading(_ line: String, number: Int, name: String) throws(DataError) -> [String]? {
    guard line.hasPrefix("@") else {
      throw DataError(name, at: "line \(number)", "series begin before @data", advice: "add a line @data")
    }
    let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
    switch words[0].lowercased() {
    case "@timestamps" where words.last?.lowercased() == "true":
      throw DataError(
        name, at: "line \(number)", "its numbers have time stamps", advice: "give evenly spaced numbers alone")
    case "@classlabel":
      let names = Array(words.dropFirst(2))
      guard words.count > 2, words[1].lowercased() == "true", Set(names).count == names.count else {
        throw DataError(name, at: "line \(number)", "it names no classes", advice: "write @classLabel true A B")
      }
      return names
    default: return nil
    }
  }
}

/// The series of a file, read line by line.
private struct SeriesRows {
  let name: String
  var values: [Float] = []
  var labels: [Int32] = []
  /// Steps and variables of every series.
  var extents: (steps: Int, variables: Int)?

  mutating func add(_ line: String, number: Int, classNames: [String]) throws(DataError) {
    let parts = line.split(separator: ":", omittingEmptySubsequences: false)
    let place = "line \(number)"
    let label = parts[parts.count - 1].trimmingCharacters(in: .whitespaces)
    guard parts.count > 1, let index = classNames.firstIndex(of: label) else {
      throw DataError(
        name, at: place, "“\(label.prefix(40))” is none of the classes", advice: "end it with :CLASS of @classLabel")
    }
    var variables: [[Float]] = []
    for part in parts.dropLast() { variables.append(try numbers(part, place: place)) }
    let found = (steps: variables[0].count, variables: variables.count)
    let wanted = extents ?? found
    guard variables.allSatisfy({ $0.count == wanted.steps }), found == wanted else {
      throw DataError(
        name, at: place,
        "a series of \(variables.map { "\($0.count)" }.joined(separator: ", ")) steps among those of \(wanted.steps)"
          + (wanted.variables > 1 ? " in \(wanted.variables) variables" : ""),
        advice: "cut or fill them to one length")
    }
    extents = wanted
    for step in 0..<wanted.steps {
      for variable in variables { values.append(variable[step]) }
    }
    labels.append(Int32(index))
  }

  private func numbers(_ text: Substring, place: String) throws(DataError) -> [Float] {
    var numbers: [Float] = []
    for cell in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let number = Float(cell) ?? Float(cell.trimmingCharacters(in: .whitespaces)), number.isFinite else {
        throw DataError(
          name, at: place, "“\(cell.prefix(40))” is not a number", advice: "fill missing numbers in, or leave it out")
      }
      numbers.append(number)
    }
    return numbers
  }
}
