import Hebb

/// A network that composes: from the steps so far, how likely each of 88 keys sounds at the next.
///
///     h = LSTM(roll)          logits = h W + b
///
/// - Input: `[batch, steps, 88]`, 1 where a key sounds
/// - Output: logits `[batch, steps, 88]`
struct ComposingNetwork: Layer {
  let lstm: LSTM
  let output: Linear
  /// What is dropped in training of the LSTM's outputs.
  let dropout: Double

  var members: Members { ["lstm": lstm, "output": output] }

  init(keys: Int, units: Int, dropout: Double = 0, using random: inout Philox) {
    lstm = LSTM(keys, units, using: &random)
    output = Linear(units, keys, using: &random)
    self.dropout = dropout
  }

  func callAsFunction(_ x: Tensor) -> Tensor { run(x, from: nil).logits }

  func run(_ x: Tensor, from state: RecurrentState?) -> (logits: Tensor, state: RecurrentState) {
    let (h, after) = lstm.run(x, from: state)
    return (output(h.dropped(probability: dropout)), after)
  }

  var window: Window? { nil }
}

/// A network that composes, as its file holds it.
package struct Composer: TaskModel {
  package static let task = "compose"
  let composing: ComposingNetwork

  package var network: any Module { composing }
  package var settings: [JSON.Member] { [] }
  package var notes: [String: String] { [:] }

  init(_ composing: ComposingNetwork) { self.composing = composing }

  package init(_ file: TaskFile) throws(DataError) {
    let (input, state) = (try file.shape("lstm.inputWeight", rank: 2), try file.shape("lstm.stateWeight", rank: 2))
    let keys = Chorale.keys.count
    guard state[1] == 4 * state[0], input == [keys, state[1]] else {
      throw file.damaged("the weights \(input) and \(state) do not fit \(keys) keys")
    }
    var random = Philox(seed: 0)
    composing = ComposingNetwork(keys: keys, units: state[0], using: &random)
  }

  /// New music. Each key is drawn by itself.
  ///
  /// - Parameters:
  ///   - steps: how many; the first is the first that sounds.
  ///   - temperature: below 1 the likely keys become likelier, at the cost of the others; 0 takes the likeliest.
  package func compose(steps: Int, temperature: Double, using random: inout Philox) -> Chorale {
    var frame = NDArray.zeros([1, 1, Chorale.keys.count])
    var state: RecurrentState?
    var music: [[Int]] = []
    var silent = 0
    while music.count < steps {
      let (logits, after) = composing.run(Tensor(frame), from: state)
      let chances = KeyChances(logits: logits.value.cast(to: .float64).elements(), temperature: temperature)
      let sounds = chances.probabilities.map { Double.random(in: 0..<1, using: &random) < $0 }
      let pitches = zip(Chorale.keys, sounds).filter(\.1).map(\.0)
      // Silence before the first sound is left out, unless nothing else comes.
      if music.isEmpty, pitches.isEmpty, silent < 64 {
        silent += 1
        continue
      }
      music.append(pitches)
      frame = NDArray(sounds.map { $0 ? 1 : 0 } as [Float], shape: [1, 1, sounds.count])
      state = after
    }
    return Chorale(music)
  }
}
