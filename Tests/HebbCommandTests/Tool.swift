import Foundation

/// Runs the built command.
struct Tool {
  /// The folder that it runs in: empty at first.
  let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "hebb-command-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  /// In a folder that is there already.
  init(in folder: String) throws { self.folder = folder }

  /// Removes the folder.
  func clean() { try? FileManager.default.removeItem(atPath: folder) }

  struct Result {
    let code: Int32
    let output: String
    let errors: String
  }

  /// The product lies beside the tests.
  static let path: String = {
    let tests =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    return URL(fileURLWithPath: tests).deletingLastPathComponent().appendingPathComponent("hebb").path
  }()

  /// Runs `hebb` with arguments, to its end.
  ///
  /// - Parameter mark: once this stands in its error output it is asked to stop.
  func run(_ arguments: String..., input: [UInt8] = [], interruptingAt mark: String? = nil) throws -> Result {
    try run(all: arguments, input: input, interruptingAt: mark)
  }

  /// As ``run(_:input:interruptingAt:)``, with a list.
  ///
  /// - Parameter limit: how much memory the system gives, addresses that are never used included.
  func run(
    all arguments: [String], input: [UInt8] = [], interruptingAt mark: String? = nil, megabytes limit: Int? = nil,
    environment: [String: String] = [:]
  ) throws -> Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: limit == nil ? Tool.path : "/bin/sh")
    process.arguments = arguments
    if let limit {
      process.arguments = ["-c", "ulimit -v \(limit * 1000) && exec \"$0\" \"$@\"", Tool.path] + arguments
    }
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder, "COLUMNS": "80"]
      .merging(environment) { $1 }
    let (out, err) = (folder + "/.out", folder + "/.err")
    for path in [out, err] { try Data().write(to: URL(fileURLWithPath: path)) }
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: out))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: err))
    let stdin = folder + "/.in"
    try Data(input).write(to: URL(fileURLWithPath: stdin))
    process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: stdin))
    // Threads of tests hold signals back, and a process begins as the thread that starts it.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    try process.run()
    func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
    if let mark {
      while process.isRunning, try !text(err).contains(mark) { Thread.sleep(forTimeInterval: 0.01) }
      process.interrupt()
    }
    process.waitUntilExit()
    return Result(code: process.terminationStatus, output: try text(out), errors: try text(err))
  }

  /// Runs a shell's commands in the folder.
  func shell(_ commands: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-ec", commands]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.fileWriteUnknown) }
  }

  func bytes(_ name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")) }
  func write(_ bytes: Data, to name: String) throws { try bytes.write(to: URL(fileURLWithPath: "\(folder)/\(name)")) }
  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(folder)/\(name)") }
}
