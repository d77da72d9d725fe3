import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Lets a run end at the next step when the process is asked to stop, so that nothing is lost.
///
/// A program that trains calls ``listen()`` once. The first SIGINT or SIGTERM then has ``Trainer`` finish its step,
/// save a checkpoint and throw ``TrainingError/interrupted(epoch:step:checkpoint:)``; a second one ends the process at
/// once.
public enum Interrupt {
  private static let flag = Atomic(false)

  /// Whether somebody has asked for the run to end.
  public static var isRequested: Bool { flag.load(ordering: .relaxed) }

  /// Asks for the run to end, as a signal does.
  public static func request() { flag.store(true, ordering: .relaxed) }

  /// Takes the request back: it has been answered.
  public static func clear() { flag.store(false, ordering: .relaxed) }

  /// Answers SIGINT and SIGTERM by ``request()``.
  public static func listen() {
    clear()
    for number in [SIGINT, SIGTERM] {
      // The handler does nothing that a signal handler may not: it sets a flag and steps aside for the next signal.
      signal(number) { number in
        Interrupt.flag.store(true, ordering: .relaxed)
        signal(number, SIG_DFL)
      }
    }
  }
}
