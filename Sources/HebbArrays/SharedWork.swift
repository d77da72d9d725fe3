/// Calls `body` for each piece, on all threads where `elements` of work make it worth while. The borders of the pieces must
/// follow from shapes alone.
@inline(__always)
func shareWork(_ pieces: Int, elements: Int, _ body: (Int) -> Void) {
  if elements < ThreadPool.worthSharing || pieces == 1 {
    for piece in 0..<pieces { body(piece) }
  } else {
    ThreadPool.shared.run(pieces, body)
  }
}
