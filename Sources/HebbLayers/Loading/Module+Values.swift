import HebbArrays
import HebbAutograd

extension Module {
  /// The values of all parameters by name.
  public var values: [String: NDArray] {
    Dictionary(uniqueKeysWithValues: namedParameters.map { ($0.name, $0.parameter.value) })
  }

  /// Replaces the values of all parameters. Each must be there with its shape, and there must be no others; `float32` and
  /// `float64` are converted to one another. If anything is wrong nothing is changed.
  public func load(_ values: [String: NDArray]) throws(ValueError) {
    var rest = values
    var found: [(parameter: Parameter, value: NDArray)] = []
    for (name, parameter) in namedParameters {
      guard let value = rest.removeValue(forKey: name) else { throw .missing(name) }
      guard value.shape == parameter.shape else {
        throw .shape(name, found: value.shape, expected: parameter.shape)
      }
      guard value.dtype.isFloatingPoint else { throw .wholeNumbers(name, value.dtype) }
      found.append((parameter, value))
    }
    guard rest.isEmpty else { throw .unknown(rest.keys.sorted()) }
    for (parameter, value) in found { parameter.value = value.cast(to: parameter.value.dtype) }
  }
}

/// What is wrong with values that are to be loaded into a network.
public enum ValueError: Error, Hashable, CustomStringConvertible {
  /// A parameter of the network has no value.
  case missing(String)
  /// A value does not fit its parameter.
  case shape(String, found: Shape, expected: Shape)
  /// A value is not of floating-point numbers.
  case wholeNumbers(String, DType)
  /// Values that no parameter has the name of.
  case unknown([String])

  /// What is wrong and what to do, in one line.
  public var description: String {
    switch self {
    case .missing(let name): "there is no value \(name): the file is of another network"
    case .shape(let name, let found, let expected):
      "the value \(name) has the shape \(found), the network's is \(expected): build the network with the file's sizes"
    case .wholeNumbers(let name, let dtype):
      "the value \(name) is of whole numbers (\(dtype)), the network's are floating-point: the file is damaged"
    case .unknown(let names):
      "the network has no parameters \(names.prefix(5).joined(separator: ", "))\(names.count > 5 ? ", …" : "")"
        + ": the file is of another network"
    }
  }
}
