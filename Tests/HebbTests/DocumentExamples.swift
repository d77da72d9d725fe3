import Hebb
import HebbArrays
import HebbAutograd

// The Swift examples of the documents, word for word: DocumentTests compares them line by line, and runs them.

enum Example {
  // README.md
  static func networkInTenLines() throws -> History {
    let (train, test) = Digits.load().stratifiedSplit(testFraction: 0.2, seed: 7)
    var random = Philox(seed: 7)
    let model = Sequential {
      Conv2D(1, 16, kernel: 3, padding: .same, using: &random)
      ReLU()
      MaxPool2D(2)
      Flatten()
      Linear(256, 10, using: &random)
    }
    let trainer = Trainer(model, loss: .crossEntropy, optimizer: Adam(learningRate: 1e-3), metrics: [Accuracy()])
    trainer.callbacks = [ProgressBar()]
    try trainer.fit(train, validation: test, epochs: 10)
    try model.save(to: "digits.safetensors")
    return trainer.history
  }

  // README.md
  static func transfer() throws -> (model: Sequential, tuning: History) {
    var random = Philox(seed: 8)
    let trained = Sequential {
      Conv2D(1, 16, kernel: 3, padding: .same, using: &random)
      ReLU()
      MaxPool2D(2)
      Flatten()
      Linear(256, 10, using: &random)
    }
    try trained.load(from: "digits.safetensors")
    let body = Sequential(Array(trained.layers.dropLast()))
    let model = Sequential {
      body
      Linear(256, 2, using: &random)
    }

    let hundred = Digits.load().rows(at: Array(0..<100))
    let few = ArrayDataset(
      name: "odd and even", inputs: hundred.inputs, targets: NDArray(hundred.labels.map { Int32($0 % 2) }),
      classNames: ["even", "odd"], normalization: hundred.normalization)

    body.freeze()
    try Trainer(model, loss: .crossEntropy, optimizer: Adam(learningRate: 1e-2)).fit(few, epochs: 10)

    body.unfreeze()
    let slower = ParameterGroup("0", rateFactor: 0.1)
    let tuning = Trainer(model, loss: .crossEntropy, optimizer: AdamW(learningRate: 1e-3), groups: [slower])
    try tuning.fit(few, epochs: 5)
    return (model, tuning.history)
  }

  // Sources/Hebb/Hebb.docc/Hebb.md
  static func overview() throws -> History {
    let (train, test) = Digits.load().stratifiedSplit(testFraction: 0.2, seed: 7)
    var random = Philox(seed: 7)
    let model = Sequential {
      Flatten()
      Linear(64, 32, using: &random)
      ReLU()
      Linear(32, 10, using: &random)
    }
    let trainer = Trainer(model, loss: .crossEntropy, optimizer: Adam(learningRate: 1e-3))
    try trainer.fit(train, validation: test, epochs: 10)
    return trainer.history
  }

  // CONTRIBUTING.md
  static func dataSet() -> ArrayDataset {
    let samples = ArrayDataset(
      name: "steps", inputs: NDArray([0, 1, 2, 3] as [Float], shape: [4, 1]),
      targets: NDArray([0, 0, 1, 1] as [Int32]), classNames: ["low", "high"])
    return samples
  }
}

extension Tensor {
  /// The logarithm of the hyperbolic cosine of every element.
  ///
  ///     y = log cosh x = softplus(−2x) + x − log 2
  ///
  /// - Shape: any → the same.
  public func logCosh() -> Tensor { (-2 * self).softplus() + self - 0.6931471805599453 }
}

extension Tensor {
  /// Half of every element's square.
  ///
  ///     y = x²/2          ∂y/∂x = x
  ///
  /// - Shape: any → the same.
  public func halfSquared() -> Tensor {
    let x = value
    return Tensor(x.squared() * 0.5, from: self) { dy in [dy * x] }
  }
}

/// A factor for each feature.
///
///     y = x ⊙ f
///
/// - Input: `[…, features]`
/// - Output: the same
public struct Scale: Layer {
  public let factor: Parameter  // f [features]

  public var members: Members { ["factor": factor] }

  public init(_ features: Int) {
    require(features > 0, "Scale(\(features)): there must be a feature")
    factor = Parameter(.ones([features]))
  }

  public func callAsFunction(_ x: Tensor) -> Tensor {
    require(
      x.shape.innermost == factor.shape[0], "\(self): the input \(x.shape) does not end in \(factor.shape[0]) features")
    return x * factor.tensor
  }
}
