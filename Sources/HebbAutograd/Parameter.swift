import HebbArrays
import Synchronization

/// An array that training changes: the one mutable cell of a network.
///
/// A layer is a value that holds parameters; copies of the layer share them. Reading and replacing the value is safe from
/// any thread; a network that is trained and served at the same time is served from a snapshot (``Snapshot``).
public final class Parameter: Sendable {
  /// What a parameter is for; decides whether weight decay and optimisers touch it.
  public enum Role: Sendable, Hashable {
    /// Multiplies an input: decayed.
    case weight
    /// Is added: not decayed unless asked for.
    case bias
    /// Scale or shift of a normalisation: not decayed unless asked for.
    case normalization
    /// Kept with the model but never optimised: running statistics.
    case buffer
  }

  /// What it is for.
  public let role: Role
  /// The shape of every value that it holds.
  public let shape: Shape
  private let cell: Mutex<NDArray>
  private let frozen = Atomic(false)

  /// A parameter with a first value; its role says whether weight decay draws it, and whether training changes it at all.
  public init(_ value: NDArray, role: Role = .weight) {
    self.role = role
    shape = value.shape
    cell = Mutex(value)
  }

  /// The current value. A new one must have the same shape.
  public var value: NDArray {
    get { cell.withLock { $0 } }
    set {
      require(newValue.shape == shape, "a parameter of shape \(shape) cannot hold \(newValue.shape)")
      cell.withLock { $0 = newValue }
    }
  }

  /// Changes the value in place; nothing is copied unless somebody else holds the array.
  public func update<R>(_ body: (inout NDArray) throws -> R) rethrows -> R {
    try cell.withLock { try body(&$0) }
  }

  /// A frozen parameter gets no gradient and is not optimised.
  public var isFrozen: Bool {
    get { frozen.load(ordering: .relaxed) }
    set { frozen.store(newValue, ordering: .relaxed) }
  }

  /// Whether optimisers change this parameter.
  public var isTrainable: Bool { role != .buffer && !isFrozen }

  /// The value as a tensor of the current pass: followed where gradients are recorded.
  public var tensor: Tensor {
    guard let pass = Pass.current else { return Tensor(value) }
    if let fixed = pass.fixedValue(of: self) { return Tensor(fixed) }
    guard let tape = pass.tape, tape.followsParameters, isTrainable else { return Tensor(value) }
    return Tensor(value, tape: tape, node: tape.leaf(self))
  }
}
