import HebbArrays

/// A random change of a sample that leaves its meaning alone.
///
/// It sees the sample as `float32` before normalisation: bytes as 0…255. What it draws depends on the seed, the epoch and
/// the sample's number only, so that neither order nor threads change a batch.
public protocol Augmentation: Sendable {
  /// The changed sample, of the same shape: `[height, width, channels]` for pictures.
  func callAsFunction(_ sample: NDArray, using random: inout Philox) -> NDArray
}

extension Dataset {
  /// The samples with these numbers as a batch: augmented as for this epoch, then normalised.
  public func batch(at indices: [Int], augmentedBy augmentations: [any Augmentation], seed: UInt64, epoch: Int) -> Batch
  {
    guard !augmentations.isEmpty else { return batch(at: indices) }
    let key = Philox(seed: seed, stream: RandomStream.augmentation).split(UInt64(epoch))
    let raw = Normalization.identity.normalized(inputs(at: indices))
    let sampleShape = raw.shape.removing(0)
    let augmented = raw.read { (x: UnsafeBufferPointer<Float>) in
      NDArray(shape: raw.shape) { (y: UnsafeMutableBufferPointer<Float>) in
        for (row, index) in indices.enumerated() {
          let place = row * sampleShape.count..<(row + 1) * sampleShape.count
          var random = key.split(UInt64(index))
          var sample = NDArray(x[place], shape: sampleShape)
          for augmentation in augmentations { sample = augmentation(sample, using: &random) }
          require(
            sample.shape == sampleShape, "an augmentation turned a sample of \(sampleShape) into \(sample.shape)")
          sample.read { (z: UnsafeBufferPointer<Float>) in
            _ = UnsafeMutableBufferPointer(rebasing: y[place]).update(fromContentsOf: z)
          }
        }
      }
    }
    return Batch(
      inputs: normalization.normalized(augmented), targets: targets(at: indices), indices: indices,
      lengths: lengths(at: indices))
  }
}
