import Hebb
import HebbFiles

extension TrainedRule {
  /// Pictures from files in the form that the network takes, `[count, features]`.
  package func samples(of paths: [String], inverts: Bool) throws -> NDArray {
    guard form.isPicture else {
      throw DataError(path, "its samples are no pictures", advice: "give a network that has learned grey pictures")
    }
    let rows = try paths.map { path -> NDArray in
      let grey = Picture.picture(try Picture.read(path), channels: 1)
      let (height, width) = (form.shape[0], form.shape[1])
      let sized =
        grey.shape[0] == height && grey.shape[1] == width
        ? grey : Picture.resized(grey, height: height, width: width)
      let shades = sized.cast(to: .float32).reshaped([1, height * width]) * (1.0 / 255)
      return form.numbers(ofShades: inverts ? 1 - shades : shades)
    }
    return NDArray.concatenated(rows, axis: 0)
  }

  /// Repairs samples with whatever memory this is.
  ///
  /// - Parameters:
  ///   - known: 1 where a feature is given; nil where all are, and may change.
  ///   - watcher: sees the samples on their way.
  package func recall(
    _ x: NDArray, known: NDArray?, using random: inout Philox, watcher: ((NDArray) -> Void)? = nil
  ) throws -> Recollection {
    if state.kind == HopfieldNetwork.kind {
      let found = try HopfieldNetwork(state).recall(
        x, known: known, mode: .asynchronous, tracesEnergy: true, using: &random, watcher: watcher)
      return Recollection(states: found.states, energies: found.energies)
    }
    return Recollection(states: try repaired(x, known, &random, watcher), energies: [])
  }

  private func repaired(
    _ x: NDArray, _ known: NDArray?, _ random: inout Philox, _ watcher: ((NDArray) -> Void)?
  ) throws -> NDArray {
    switch (state.kind, known) {
    case (DenseHopfield.kind, _): return try DenseHopfield(state).recall(x, known: known, watcher: watcher)
    case (RestrictedBoltzmann.kind, let known?):
      return try RestrictedBoltzmann(state).recall(x, known: known, using: &random, watcher: watcher)
    case (DeepBeliefNetwork.kind, let known?):
      return try DeepBeliefNetwork(state).recall(x, known: known, using: &random, watcher: watcher)
    case (RestrictedBoltzmann.kind, nil): return try RestrictedBoltzmann(state).reconstruct(x)
    case (DeepBeliefNetwork.kind, nil): return try DeepBeliefNetwork(state).reconstruct(x)
    default: throw wrongKind("a Hopfield network, a Boltzmann machine or a deep belief network")
    }
  }

  /// Draws samples, `[count, features]`.
  package func sample(count: Int, steps: Int, using random: inout Philox) throws -> NDArray {
    switch state.kind {
    case RestrictedBoltzmann.kind: try RestrictedBoltzmann(state).sample(count: count, steps: steps, using: &random)
    case DeepBeliefNetwork.kind: try DeepBeliefNetwork(state).sample(count: count, steps: steps, using: &random)
    case DeepBoltzmann.kind: try DeepBoltzmann(state).sample(count: count, steps: steps, using: &random)
    default: throw wrongKind("a Boltzmann machine or a deep belief network")
    }
  }

  private func wrongKind(_ wanted: String) -> DataError {
    DataError(path, "it is a network of kind \(state.kind)", advice: "give \(wanted)")
  }
}

/// What a memory made of damaged samples.
package struct Recollection {
  /// `[count, features]`
  package let states: NDArray
  /// The energy of each sample before the first and after every sweep, by sweep; empty where the memory has none.
  package let energies: [[Double]]
}
