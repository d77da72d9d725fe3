import HebbArrays
import HebbAutograd

/// Where the value of a parameter is found in PyTorch's module of the same kind.
public struct PyTorchSource: Sendable {
  /// The parameter here that takes the value.
  public let parameter: Parameter
  /// The names that PyTorch's module gives to what the value is made of.
  public let names: [String]
  /// Our value from theirs, in the order of the names.
  let convert: @Sendable ([NDArray]) -> NDArray

  /// One of their values, in the layout that PyTorch has for it.
  public init(_ parameter: Parameter, _ name: String, layout: PyTorchLayout = .same) {
    self.init(parameter, [name]) { layout.converted($0[0]) }
  }

  /// A value that is made of several of theirs.
  public init(_ parameter: Parameter, _ names: [String], convert: @escaping @Sendable ([NDArray]) -> NDArray) {
    self.parameter = parameter
    self.names = names
    self.convert = convert
  }
}

/// A module whose own parameters PyTorch names or lays out in another way.
public protocol PyTorchReadable: Module {
  /// Where the value of each parameter is found, by names within PyTorch's module.
  var pyTorchSources: [PyTorchSource] { get }
}

extension Linear: PyTorchReadable {
  public var pyTorchSources: [PyTorchSource] { sources(.linear) }

  func sources(_ layout: PyTorchLayout) -> [PyTorchSource] {
    [PyTorchSource(weight, "weight", layout: layout)] + biasSource(bias)
  }
}

extension Conv1D: PyTorchReadable {
  public var pyTorchSources: [PyTorchSource] {
    [PyTorchSource(weight, "weight", layout: .convolution1D)] + biasSource(bias)
  }
}

extension Conv2D: PyTorchReadable {
  public var pyTorchSources: [PyTorchSource] {
    [PyTorchSource(weight, "weight", layout: .convolution2D)] + biasSource(bias)
  }
}

extension ConvTranspose2D: PyTorchReadable {
  public var pyTorchSources: [PyTorchSource] {
    [PyTorchSource(weight, "weight", layout: .convolution2D)] + biasSource(bias)
  }
}

extension BatchNorm: PyTorchReadable {
  public var pyTorchSources: [PyTorchSource] {
    [
      PyTorchSource(scale, "weight"), PyTorchSource(shift, "bias"), PyTorchSource(mean, "running_mean"),
      PyTorchSource(variance, "running_var"),
    ]
  }
}

extension LayerNorm: PyTorchReadable {
  public var pyTorchSources: [PyTorchSource] { [PyTorchSource(scale, "weight"), PyTorchSource(shift, "bias")] }
}

extension GroupNorm: PyTorchReadable {
  public var pyTorchSources: [PyTorchSource] { [PyTorchSource(scale, "weight"), PyTorchSource(shift, "bias")] }
}

extension PReLU: PyTorchReadable {
  public var pyTorchSources: [PyTorchSource] { [PyTorchSource(slopes, "weight")] }
}

private func biasSource(_ bias: Parameter?) -> [PyTorchSource] { bias.map { [PyTorchSource($0, "bias")] } ?? [] }
