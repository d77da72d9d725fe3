import HebbArrays
import HebbLayers
import HebbModels

/// The file of a reader: weights, alphabet, and the kind of its network, whose sizes are those of the weights.
extension TextReader: TaskModel {
  package static let task = "read"
  package var network: any Module { reading.module }
  package var settings: [JSON.Member] { [.init("network", .string(kind.rawValue))] }
  package var notes: [String: String] { ["alphabet": alphabet.text] }

  /// Reads a reader's file.
  public init(file path: String) throws { try self.init(reading: path) }

  package init(_ file: TaskFile) throws(DataError) {
    guard let kind = LineNetworkKind(rawValue: try file.string("network")) else {
      throw file.damaged("its network is of an unknown kind")
    }
    let output = try file.shape("output.weight", rank: 2)
    let alphabet = Alphabet(try file.note("alphabet"))
    let (classes, outputs) = (alphabet.count + 1, output[1])
    let readings = outputs / classes
    guard readings * classes == outputs, readings == 1 || kind == .compact && readings == 2 else {
      throw file.damaged("\(alphabet.count) characters do not fit \(outputs) outputs")
    }
    var random = Philox(seed: 0)
    self.init(
      try kind.network(file, classes: classes, readings: readings, using: &random), kind: kind, alphabet: alphabet)
  }
}

extension LineNetworkKind {
  /// A network of the sizes that a file's weights have, but for the characters.
  func network(
    _ file: TaskFile, classes: Int, readings: Int, using random: inout Philox
  ) throws(DataError) -> ReadingNetwork {
    switch self {
    case .compact:
      let kernels = try (0..<5).map { block throws(DataError) in try file.shape("blocks.\(block).0.weight", rank: 4) }
      let units = try file.shape("reader.forward.inputWeight", rank: 2)[1] / 3
      try check(file, kernels, size: { $0 == 4 ? [2, 3] : [3, 3] }, units: units)
      return .temporal(
        CompactCRNN(
          classes: classes, channels: kernels.map { $0[3] }, units: units, readings: readings, using: &random))
    case .crnn:
      let kernels = try (0..<7).map { block throws(DataError) in try file.shape("blocks.\(block).0.weight", rank: 4) }
      let units = try file.shape("reader.0.forward.inputWeight", rank: 2)[1] / 4
      let channels = kernels[0][3]
      try check(file, kernels, size: { $0 == 6 ? [2, 2] : [3, 3] }, units: units)
      guard kernels.map({ $0[3] }) == [1, 2, 4, 4, 8, 8, 8].map({ $0 * channels }) else {
        throw file.damaged("the convolutions are not those of a CRNN")
      }
      return .temporal(CRNN(classes: classes, channels: channels, units: units, using: &random))
    case .recurrent:
      let units = try file.shape("lower.forward.inputWeight", rank: 2)[1] / 4
      try check(file, [], size: { _ in [] }, units: units)
      return .temporal(RecurrentLineNetwork(classes: classes, units: units, using: &random))
    case .attention:
      let kernels = try (0..<5).map { block throws(DataError) in try file.shape("blocks.\(block).0.weight", rank: 4) }
      let units = try file.shape("reader.forward.inputWeight", rank: 2)[1] / 4
      try check(file, kernels, size: { $0 == 4 ? [2, 3] : [3, 3] }, units: units)
      let table = try file.shape("targetEmbedding.weight", rank: 2)
      let state = try file.shape("decoder.stateWeight", rank: 2)
      let hidden = try file.shape("attention.query.weight", rank: 2)[1]
      let (features, readout) = (table[1], try file.shape("readout.weight", rank: 2))
      guard state == [state[0], 3 * state[0]], readout == [state[0] + 2 * units + features, features],
        [features, state[0], hidden].allSatisfy({ (1...4096).contains($0) })
      else { throw file.damaged("its decoder’s weights are \(state) and \(readout)") }
      return .attentive(
        AttentiveLineNetwork(
          classes: classes, channels: kernels.map { $0[3] }, units: units, features: features, state: state[0],
          hidden: hidden, using: &random))
    }
  }

  /// Checks that convolutions follow one another, and that there are recurrent units. That every weight has the shape that
  /// these sizes mean is checked when they are loaded.
  private func check(
    _ file: TaskFile, _ kernels: [Shape], size: (Int) -> [Int], units: Int
  ) throws(DataError) {
    var inputs = 1
    for (block, kernel) in kernels.enumerated() {
      guard [kernel[0], kernel[1]] == size(block), kernel[2] == inputs else {
        throw file.damaged("the kernels of block \(block) are \(kernel)")
      }
      inputs = kernel[3]
    }
    // Weights of one matrix alone cannot ask for matrices that are much larger.
    guard (1...4096).contains(units), inputs <= 4096 else { throw file.damaged("it has \(units) recurrent units") }
  }
}
