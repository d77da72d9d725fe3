import Hebb

/// Recurrent layers that the experiments on memory compare.
enum MemoryCell: CaseIterable {
  case rnn, lstm, openLSTM, gru, openGRU

  var name: String {
    switch self {
    case .rnn: "RNN"
    case .lstm: "LSTM"
    case .openLSTM: "LSTM, gates begin open"
    case .gru: "GRU"
    case .openGRU: "GRU, gates begin open"
    }
  }

  /// A layer; where its gates begin open, it keeps what it holds for about `steps` steps before it has learned anything.
  ///
  /// - Source: of the open gates: Tallec and Ollivier 2018, arXiv:1804.11188.
  func layer(_ inputs: Int, _ units: Int, steps: Int, using random: inout Philox) -> any RecurrentLayer {
    // Times from 1 to all steps, one for each unit, evenly: σ(log τ) = τ/(1 + τ) is kept from step to step.
    let biases = (0..<units).map { unit in
      Float(Mathematics.log(1 + Double(max(1, steps - 1)) * (Double(unit) + 0.5) / Double(units)))
    }
    let shut = biases.map { -$0 }
    let zeros = [Float](repeating: 0, count: units)
    switch self {
    case .rnn: return RNN(inputs, units, using: &random)
    case .lstm: return LSTM(inputs, units, using: &random)
    case .gru: return GRU(inputs, units, using: &random)
    case .openLSTM:
      let layer = LSTM(inputs, units, using: &random)
      layer.bias.value = NDArray(shut + biases + zeros + zeros)
      return layer
    case .openGRU:
      let layer = GRU(inputs, units, using: &random)
      layer.bias.value = NDArray(zeros + biases + zeros)
      return layer
    }
  }
}
