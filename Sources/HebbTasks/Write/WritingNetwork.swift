import Hebb

/// The networks that write: recurrent layers, or a small transformer.
enum WritingNetwork {
  typealias Network = any Layer & LanguageModel

  /// LSTM layers one above the other.
  static func recurrent(
    vocabulary: Int, features: Int, units: [Int], dropout: Double = 0, using random: inout Philox
  ) -> Network {
    var inputs = features
    var layers: [any RecurrentLayer] = []
    for units in units {
      layers.append(LSTM(inputs, units, using: &random))
      inputs = units
    }
    return RecurrentLanguageModel(
      vocabulary: vocabulary, features: features, layers: Stacked(layers, dropout: dropout), dropout: dropout,
      using: &random)
  }

  /// The network that a file's tensors belong to, with weights of any value.
  static func reading(_ file: TaskFile) throws(DataError) -> Network {
    file.count(of: "layers") > 0 ? try recurrent(file) : try transformer(file)
  }

  private static func recurrent(_ file: TaskFile) throws(DataError) -> Network {
    let embedding = try file.shape("embedding.weight", rank: 2)
    let output = try file.shape("output.weight", rank: 2)
    var inputs = embedding[1]
    var units: [Int] = []
    for layer in 0..<file.count(of: "layers") {
      let input = try file.shape("layers.\(layer).inputWeight", rank: 2)
      let state = try file.shape("layers.\(layer).stateWeight", rank: 2)
      guard state[1] == 4 * state[0], input == [inputs, state[1]] else {
        throw file.damaged("the weights \(input) and \(state) of layer \(layer) do not fit")
      }
      inputs = state[0]
      units.append(inputs)
    }
    guard output == [inputs, embedding[0]] else { throw file.damaged("the tensor “output.weight” is \(output)") }
    var random = Philox(seed: 0)
    return recurrent(vocabulary: embedding[0], features: embedding[1], units: units, using: &random)
  }

  private static func transformer(_ file: TaskFile) throws(DataError) -> Network {
    let embedding = try file.shape("embedding.weight", rank: 2)
    let positions = try file.shape("positions.weight", rank: 2)
    let output = try file.shape("output.weight", rank: 2)
    let (vocabulary, features) = (embedding[0], embedding[1])
    let heads = try file.integer("heads", 1...features)
    let layers = file.count(of: "blocks")
    guard layers > 0, positions[1] == features, output == [features, vocabulary], features % heads == 0 else {
      throw file.damaged("the weights \(embedding), \(positions) and \(output) with \(heads) heads do not fit")
    }
    var hidden = 0
    for block in 0..<layers {
      let projection = try file.shape("blocks.\(block).attention.projection.weight", rank: 2)
      let network = try file.shape("blocks.\(block).network.up.weight", rank: 2)
      if block == 0 { hidden = network[1] }
      guard projection == [features, 3 * features], network == [features, hidden] else {
        throw file.damaged("the weights \(projection) and \(network) of block \(block) do not fit")
      }
    }
    var random = Philox(seed: 0)
    return GPT(
      vocabulary: vocabulary, context: positions[0], features: features, heads: heads, layers: layers, hidden: hidden,
      using: &random)
  }
}
