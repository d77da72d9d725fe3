import HebbArrays
import HebbAutograd

/// What a module is made of: a parameter or a module.
public protocol Member: Sendable {}

extension Parameter: Member {}

/// A part of a network that holds parameters.
///
/// A module names its parts in ``members``, one visible line. Saving, counting, freezing and printing are short recursions
/// over it; there is no reflection and no macro.
public protocol Module: Member {
  /// The parts by name, in the order in which they are saved and printed.
  var members: Members { get }
}

/// The named parts of a module.
///
///     var members: Members { ["weight": weight, "bias": bias] }
///
/// A part that is absent (nil) is left out.
public struct Members: Sendable, ExpressibleByDictionaryLiteral {
  /// The parts that are there, in order.
  public let list: [(name: String, member: any Member)]

  /// Parts by name; those that are nil are left out.
  public init(dictionaryLiteral elements: (String, (any Member)?)...) {
    list = elements.compactMap { name, member in member.map { (name, $0) } }
  }

  /// Parts with names that were put together elsewhere.
  package init(named parts: [(String, any Member)]) { list = parts.map { (name: $0, member: $1) } }

  /// Parts that are numbered from 0.
  public init(_ parts: [any Member]) {
    list = parts.enumerated().map { (String($0.offset), $0.element) }
  }
}

extension Module {
  /// All parameters, each with its path: the names of the members that lead to it, joined by dots.
  public var namedParameters: [(name: String, parameter: Parameter)] {
    members.list.flatMap { name, member -> [(name: String, parameter: Parameter)] in
      switch member {
      case let parameter as Parameter: return [(name, parameter)]
      case let module as any Module:
        return module.namedParameters.map { (name + "." + $0.name, $0.parameter) }
      default: fatalError("the member \(name) is neither a parameter nor a module")
      }
    }
  }

  /// All parameters, running statistics included; one that stands in several places is given once.
  public var parameters: [Parameter] {
    var seen: Set<ObjectIdentifier> = []
    return namedParameters.map(\.parameter).filter { seen.insert(ObjectIdentifier($0)).inserted }
  }

  /// How many numbers the network has learnt or may learn, frozen ones included; running statistics are none of them.
  public var parameterCount: Int { parameters.filter { $0.role != .buffer }.reduce(0) { $0 + $1.shape.count } }

  /// How many numbers training may change now: those of parameters that are not frozen.
  public var trainableCount: Int { parameters.filter(\.isTrainable).reduce(0) { $0 + $1.shape.count } }

  /// Keeps all parameters as they are: optimisers leave them alone and no gradient is computed for them.
  public func freeze() { for parameter in parameters { parameter.isFrozen = true } }

  /// Lets training change the parameters again.
  public func unfreeze() { for parameter in parameters { parameter.isFrozen = false } }

  /// Changes the element type of all parameters, values rounded: float64 is slow and exact, for checks.
  public func cast(to dtype: DType) {
    for parameter in parameters { parameter.value = parameter.value.cast(to: dtype) }
  }
}
