/// Stops where the caller has made a mistake: shapes that do not fit, sizes out of range.
///
///     require(x.rank == 3, "\(self): the input \(x.shape) is not [batch, time, features]")
///
/// Like `precondition`, which keeps its message to itself in a release build: what was wrong should be read where the
/// program runs. Ops, layers, losses and optimisers of your own use it as those of the package do: the message says who
/// stops, and what met. What comes from outside of the process (files, arguments) is no mistake of the program: throw an
/// error for it.
///
/// - Parameter message: is made only where the condition does not hold.
@inlinable @inline(__always)
public func require(
  _ condition: @autoclosure () -> Bool, _ message: @autoclosure () -> String, file: StaticString = #fileID,
  line: UInt = #line
) {
  if !condition() { fatalError(message(), file: file, line: line) }
}
