import HebbArrays
import HebbData

/// A data set in its usual two parts.
public struct DatasetParts: Sendable {
  public let train: ArrayDataset
  public let test: ArrayDataset

  public init(train: ArrayDataset, test: ArrayDataset) {
    self.train = train
    self.test = test
  }
}
