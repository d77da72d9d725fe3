import ArgumentParser
import HebbArrays
import HebbRecipes
import HebbRules
import HebbTraining

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Runs the command line, and turns whatever goes wrong into one line and an exit code.
@main
enum Main {
  static func main() {
    do {
      try Surroundings.check()
      try checkName()
      var command = try HebbCommand.parseAsRoot()
      try command.run()
    } catch {
      exit(answer(error))
    }
  }

  /// What the user called.
  private static let called = CommandLine.arguments.dropFirst().first

  private static let names =
    HebbCommand.configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]

  /// Tells a mistyped command before its arguments are blamed.
  private static func checkName() throws(DataError) {
    guard let called, !called.hasPrefix("-"), !names.contains(called) else { return }
    let advice = NearestName.find(called, among: names).map { "did you mean hebb \($0)?" }
    throw DataError(called, "there is no such command", advice: advice ?? "see hebb --help")
  }

  /// 0 done, 2 something from outside is not as it should be, 130 interrupted.
  private static func answer(_ error: any Error) -> Int32 {
    if let interruption = error as? Interruption {
      Console.error(interruption.description)
      return 130
    }
    if let code = error as? ExitCode { return code.rawValue }
    if HebbCommand.exitCode(for: error) == .success {
      Console.write(HebbCommand.fullMessage(for: error) + "\n")
      return 0
    }
    Console.error("error: \(line(of: error))")
    return 2
  }

  /// Where a mistake in the arguments is explained.
  private static var help: String {
    guard let called, names.contains(called), called != "help" else { return "--help" }
    return "help \(called)"
  }

  /// An error as one line.
  static func line(of error: any Error) -> String {
    let text =
      switch error {
      case let error as DataError: error.description
      case let error as RecipeError: error.description
      case let error as TrainingError: error.description
      case let error as CheckpointError: error.description
      case let error as RuleError: error.description
      default: "\(HebbCommand.message(for: error)) (see hebb \(help))"
      }
    return text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}

/// Somebody asked a run to stop.
struct Interruption: Error, CustomStringConvertible {
  /// Where it was, such as "in epoch 3".
  let place: String
  /// The run's folder.
  let folder: String

  var description: String {
    "interrupted \(place); go on with: \(Shell.program) train --resume \(Shell.word(folder))"
  }
}
