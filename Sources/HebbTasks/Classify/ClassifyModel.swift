import Foundation
import Hebb

/// A text classifier with its tokens.
package struct ClassifyModel: TaskModel {
  package static let task = "classify"
  /// A longer text is cut there.
  package static let longestText = 10_000

  /// The networks that there are.
  enum Kind: String, CaseIterable { case wide, cnn, ngrams, lstm, linear }

  let kind: Kind
  let tokenizer: NGramTokenizer
  let classifier: any TextClassifier
  package let classNames: [String]

  package var network: any Module { classifier }
  package var settings: [JSON.Member] {
    [
      .init("kind", .string(kind.rawValue)), .init("unit", .string(tokenizer.unit.rawValue)),
      .init("longest", .integer(tokenizer.longest)), .init("units", .integer(tokenizer.unitCount)),
    ]
  }
  package var notes: [String: String] { ["vocabulary": tokenizer.vocabulary.text] }

  init(_ kind: Kind, _ tokenizer: NGramTokenizer, _ classifier: any TextClassifier, classNames: [String]) {
    (self.kind, self.tokenizer, self.classifier, self.classNames) = (kind, tokenizer, classifier, classNames)
  }

  package init(_ file: TaskFile) throws(DataError) {
    guard let kind = Kind(rawValue: try file.string("kind")),
      let unit = NGramTokenizer.Unit(rawValue: try file.string("unit"))
    else { throw file.damaged("the kind of network or of tokens is unknown") }
    let longest = try file.integer("longest", 1...8)
    let table =
      switch kind {
      case .linear: "weight.weight"
      case .wide: "wide.weight.weight"
      case .cnn, .ngrams, .lstm: "embedding.weight"
      }
    let (rows, features) = try file.rows(of: table, 2)
    let vocabulary = try file.vocabulary("vocabulary", rows: rows)
    let units = try file.integer("units", 2...rows)
    var random = Philox(seed: 0)
    let classifier: any TextClassifier
    let classes: Int
    switch kind {
    case .linear:
      classes = features
      guard classes > 1 else { throw file.damaged("it has one class") }
      classifier = LinearTextClassifier(vocabulary: rows, classes: classes)
    case .ngrams:
      classes = try file.output(of: features)
      classifier = AveragingTextClassifier(vocabulary: rows, features: features, classes: classes, using: &random)
    case .cnn: (classifier, classes) = try ClassifyModel.patterns(file, "", vocabulary: rows, features, using: &random)
    case .wide:
      let (words, width) = try file.rows(of: "deep.embedding.weight", 2)
      let deep: any TextClassifier
      (deep, classes) = try ClassifyModel.patterns(file, "deep.", vocabulary: words, width, using: &random)
      guard classes == features, words == units else { throw file.damaged("its two parts do not fit each other") }
      classifier = WideTextClassifier(
        wide: LinearTextClassifier(vocabulary: rows, classes: classes), deep: deep, words: words)
    case .lstm:
      let units = try file.units(of: "encoder", inputs: features)
      classes = try file.output(of: 2 * units)
      classifier = RecurrentTextClassifier(
        vocabulary: rows, features: features, encoder: .bothWays(features, units, using: &random), classes: classes,
        using: &random)
    }
    let names = try file.classNames(count: classes)
    guard Set(names).count == classes else { throw file.damaged("a class comes twice") }
    self.init(
      kind, NGramTokenizer(vocabulary, unit: unit, longest: longest, unitCount: units), classifier, classNames: names)
  }

  /// A network of patterns below a path in the file.
  private static func patterns(
    _ file: TaskFile, _ path: String, vocabulary: Int, _ features: Int, using random: inout Philox
  ) throws(DataError) -> (any TextClassifier, classes: Int) {
    let shapes = try (0..<file.count(of: "\(path)convolutions")).map { index throws(DataError) in
      try file.shape("\(path)convolutions.\(index).weight", rank: 3)
    }
    guard let filters = shapes.first?[2],
      shapes.allSatisfy({ (1...1_000).contains($0[0]) && $0[1] == features && $0[2] == filters })
    else { throw file.damaged("the patterns do not fit the words") }
    let classes = try file.output(of: shapes.count * filters, path)
    let network = ConvolutionalTextClassifier(
      vocabulary: vocabulary, features: features, widths: shapes.map { $0[0] }, filters: filters, classes: classes,
      using: &random)
    return (network, classes)
  }

  /// The tokens of a text, a thing unknown where there are none.
  func tokens(_ text: String, limit: Int = longestText) -> [Int] {
    let tokens = tokenizer.encode(text.precomposedStringWithCanonicalMapping)
    return tokens.isEmpty ? [NGramTokenizer.unknown] : Array(tokens.prefix(limit))
  }

  /// Words or characters of a text that the network has never seen, each once; marks are none.
  package func unknown(in text: String) -> [String] {
    tokenizer.unknown(in: text.precomposedStringWithCanonicalMapping).filter {
      $0.contains { $0.isLetter || $0.isNumber }
    }
  }

  /// The probabilities of the classes.
  package func callAsFunction(_ text: String) -> [Double] { classifier.probabilities(tokens(text)) }
}

extension TaskFile {
  /// Rows and columns of a table, of which there are so many at least.
  func rows(of name: String, _ least: Int) throws(DataError) -> (rows: Int, columns: Int) {
    let shape = try shape(name, rank: 2)
    guard shape[0] >= least else { throw damaged("the table “\(name)” has \(shape[0]) rows") }
    return (shape[0], shape[1])
  }

  /// The classes of a last layer that takes so many features.
  func output(of features: Int, _ path: String = "") throws(DataError) -> Int {
    let shape = try shape("\(path)output.weight", rank: 2)
    guard shape[0] == features, shape[1] > 1 else {
      throw damaged("the last layer is \(shape), and \(features) features go in")
    }
    return shape[1]
  }

  /// The units of an LSTM in each direction.
  func units(of name: String, inputs: Int) throws(DataError) -> Int {
    let shape = try shape("\(name).forward.stateWeight", rank: 2)
    let input = try self.shape("\(name).forward.inputWeight", rank: 2)
    guard shape[1] == 4 * shape[0], input[0] == inputs, input[1] == shape[1] else {
      throw damaged("the recurrent layer is \(input) and \(shape), and \(inputs) features go in")
    }
    return shape[0]
  }
}

extension RecurrentLayer where Self == Bidirectional {
  /// LSTMs that read from both ends.
  static func bothWays(_ inputs: Int, _ units: Int, using random: inout Philox) -> Bidirectional {
    Bidirectional(LSTM(inputs, units, using: &random), LSTM(inputs, units, using: &random))
  }
}
