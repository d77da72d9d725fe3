/// Stops where the caller has made a mistake: shapes that do not fit, sizes out of range.
///
/// Like `precondition`, which keeps its message to itself in a release build: what was wrong should be read where the
/// program runs.
@inlinable @inline(__always)
package func require(
  _ condition: @autoclosure () -> Bool, _ message: @autoclosure () -> String, file: StaticString = #fileID,
  line: UInt = #line
) {
  if !condition() { fatalError(message(), file: file, line: line) }
}
