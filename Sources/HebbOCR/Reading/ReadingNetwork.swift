import HebbArrays
import HebbLayers
import HebbModels

/// The network of a reader.
package enum ReadingNetwork: Sendable {
  /// It gives the logits of every few columns; CTC finds the text in them.
  case temporal(any LineNetwork)
  /// It writes the text character by character.
  case attentive(AttentiveLineNetwork)

  package var module: any Module {
    switch self {
    case .temporal(let network): network
    case .attentive(let network): network
    }
  }

  /// The last layer, whose columns are those of the characters.
  package var output: Linear? {
    switch self {
    case .temporal(let network): network.output
    case .attentive(let network): network.decoder.output
    }
  }

  /// How many readings each step gives.
  package var readings: Int {
    switch self {
    case .temporal(let network): network.readings
    case .attentive: 1
    }
  }

  /// How many steps a line so many pixels wide has.
  package func steps(_ width: Int) -> Int {
    switch self {
    case .temporal(let network): network.steps(width)
    case .attentive(let network): network.steps(width)
    }
  }
}

/// The kinds of networks that readers may have.
package enum LineNetworkKind: String, CaseIterable, Sendable {
  case compact, crnn, recurrent, attention

  /// A network of this kind that has learned nothing; alphabets of thousands of characters get wider layers.
  ///
  /// - Parameter readings: of each step, where it is a compact network.
  package func network(classes: Int, readings: Int = 1, using random: inout Philox) -> ReadingNetwork {
    let isLarge = classes > 1000
    return switch self {
    case .compact where isLarge:
      .temporal(
        CompactCRNN(
          classes: classes, channels: [32, 64, 128, 256, 256], units: 128, readings: readings, dropout: 0.1,
          using: &random))
    case .compact: .temporal(CompactCRNN(classes: classes, readings: readings, dropout: 0.1, using: &random))
    case .crnn: .temporal(CRNN(classes: classes, dropout: 0.2, using: &random))
    case .recurrent: .temporal(RecurrentLineNetwork(classes: classes, using: &random))
    case .attention where isLarge:
      .attentive(
        AttentiveLineNetwork(
          classes: classes, channels: [32, 64, 128, 256, 256], units: 128, features: 128, state: 256, hidden: 128,
          dropout: 0.1, using: &random))
    case .attention: .attentive(AttentiveLineNetwork(classes: classes, dropout: 0.1, using: &random))
    }
  }
}
