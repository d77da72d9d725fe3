import HebbLayers

extension Module {
  /// Saves the weights and running statistics, whole or not at all.
  ///
  ///     try model.save(to: "digits.safetensors")
  ///     try again.load(from: "digits.safetensors")    // a network of the same layers
  ///
  /// ``ModelFile`` adds what else the use of a network needs; a ``Trainer`` can save averaged weights.
  public func save(to path: String) throws(CheckpointError) { try ModelFile(self).write(to: path) }

  /// Takes over what ``save(to:)`` wrote. If a name is missing, mis-shaped or one too many, nothing is changed.
  public func load(from path: String) throws(CheckpointError) { try ModelFile(reading: path).load(into: self) }
}
