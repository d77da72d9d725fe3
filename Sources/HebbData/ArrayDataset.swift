import HebbArrays

/// A data set that lies in memory.
public struct ArrayDataset: Dataset {
  public let name: String
  /// All inputs, `uint8` or `float32`: pictures are `[count, height, width, channels]`, tables `[count, features]`.
  public let inputs: NDArray
  public let targets: NDArray
  public let classNames: [String]
  public let normalization: Normalization
  /// Under which terms the data may be used, and where they come from.
  public let provenance: Provenance?
  /// What the features of a table are called, one a column of `inputs`; empty where they have no names.
  public let featureNames: [String]

  /// - Parameters:
  ///   - inputs: `[count, …]`, `uint8` or `float32`.
  ///   - targets: `int32` labels `[count]` within `classNames`, or `float32` targets `[count, …]`.
  ///   - normalization: what a batch does to its inputs. By default bytes are divided by 255, and floats are left alone.
  public init(
    name: String, inputs: NDArray, targets: NDArray, classNames: [String] = [], normalization: Normalization? = nil,
    provenance: Provenance? = nil, featureNames: [String] = []
  ) {
    require(
      inputs.rank > 0 && targets.rank > 0 && inputs.shape[0] == targets.shape[0],
      "\(name): inputs \(inputs.shape) and targets \(targets.shape) differ in their number")
    require(inputs.dtype == .uint8 || inputs.dtype == .float32, "\(name): inputs of \(inputs.dtype)")
    require(targets.dtype == .int32 || targets.dtype == .float32, "\(name): targets of \(targets.dtype)")
    if targets.dtype == .int32, targets.rank == 1, !classNames.isEmpty {
      let place = targets.read { (x: UnsafeBufferPointer<Int32>) in x.firstIndex { $0 >= classNames.count } }
      require(
        place == nil,
        "\(name): the label \(Int(targets.element(place ?? 0))) of sample \(place ?? 0) is not one of the "
          + "\(classNames.count) class names")
    }
    require(
      featureNames.isEmpty || inputs.rank == 2 && featureNames.count == inputs.shape[1],
      "\(name): \(featureNames.count) names of features for inputs \(inputs.shape)")
    self.name = name
    self.featureNames = featureNames
    self.inputs = inputs
    self.targets = targets
    self.classNames = classNames
    self.normalization = normalization ?? (inputs.dtype == .uint8 ? .bytes : .identity)
    self.provenance = provenance
  }

  public var count: Int { inputs.shape[0] }

  public func inputs(at indices: [Int]) -> NDArray { inputs.rows(at: indices) }

  /// A copy of the samples with these numbers, in this order. ``Dataset/subset(_:)`` gives a view of them instead.
  public func rows(at indices: [Int]) -> ArrayDataset {
    ArrayDataset(
      name: name, inputs: inputs.rows(at: indices), targets: targets.rows(at: indices), classNames: classNames,
      normalization: normalization, provenance: provenance, featureNames: featureNames)
  }

  /// The same samples with another normalisation: usually one fitted to the training set.
  public func normalized(by normalization: Normalization) -> ArrayDataset {
    ArrayDataset(
      name: name, inputs: inputs, targets: targets, classNames: classNames, normalization: normalization,
      provenance: provenance, featureNames: featureNames)
  }
}

/// Where data come from.
public struct Provenance: Sendable, Hashable {
  /// Such as "CC BY 4.0"; "none stated" where the publisher is silent.
  public let licence: String
  /// Authors, year and address.
  public let source: String

  /// A licence by its usual name, "none stated" where the source has none, and the source: authors, year, address.
  public init(licence: String, source: String) {
    self.licence = licence
    self.source = source
  }
}
