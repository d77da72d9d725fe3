import ArgumentParser
import Hebb
import HebbBench

/// `hebb bench`: times workloads, one JSON line each, in the form of the peers' script.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Time training steps, calls of networks and matrix products.",
    discussion: """
      Prints one JSON line for each workload: the median of its steps in milliseconds, on random data.
      Benchmarks/compare runs the same workloads with PyTorch and prints the ratios.

      EXAMPLES
        hebb bench
        hebb bench --only lenet,matmul --threads 1
        hebb bench --only train-mlp --shape batch=128,hidden=1024
      """)

  @Option(help: "Workloads whose name contains one of these.")
  var only: String = ""

  @Option(help: "The number of threads.")
  var threads: Int?

  @Option(help: ArgumentHelp("Sizes other than the peers', where a workload has them.", valueName: "NAME=N,…"))
  var shape: String = ""

  @Option(help: "How long each workload is timed.")
  var seconds: Double = 2

  @Flag(help: "The workloads and their sizes, without timing them.")
  var list = false

  func validate() throws {
    if let threads, !(1...1024).contains(threads) { throw ValidationError("--threads takes 1 to 1024, not \(threads)") }
    guard seconds > 0, seconds <= 3600 else { throw ValidationError("--seconds takes more than 0, up to 3600") }
    _ = try changes()
    if chosen.isEmpty { throw ValidationError("no workload is called '\(only)'; hebb bench --list shows their names") }
  }

  func run() throws {
    if let threads { ThreadPool.shared.threads = threads }
    let changes = try changes()
    for workload in chosen {
      if list {
        let sizes = workload.sizes.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
        print("\(workload.name)  \(workload.summary)  [\(sizes)]")
        continue
      }
      let step = workload.step(changing: changes)
      let time = medianMilliseconds(seconds: seconds, step)
      let rounded = (time * 1e5).rounded() / 1e5
      print(
        #"{"workload": "\#(workload.name)", "impl": "hebb", "ms": \#(rounded), "threads": \#(ThreadPool.shared.threads)}"#
      )
    }
  }

  private var chosen: [Workload] {
    let words = only.split(separator: ",")
    return Workload.all.filter { workload in words.isEmpty || words.contains { workload.name.contains($0) } }
  }

  private func changes() throws -> [String: Int] {
    var changes: [String: Int] = [:]
    for part in shape.split(separator: ",") {
      let words = part.split(separator: "=")
      guard words.count == 2, let value = Int(words[1]), (1...16_384).contains(value) else {
        throw ValidationError("--shape takes NAME=N pairs such as batch=128, up to 16384, not '\(part)'")
      }
      let name = String(words[0])
      guard chosen.contains(where: { $0.sizes.contains { $0.name == name } }) else {
        throw ValidationError("no chosen workload has a size '\(name)'; hebb bench --list shows their sizes")
      }
      changes[name] = value
    }
    return changes
  }
}
