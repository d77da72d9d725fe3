import HebbArrays
import HebbPlots
import HebbRecipes
import HebbRuns
import HebbTraining

/// One training from the first line that is printed to the last.
struct TrainingRun {
  let plan: TrainingPlan
  let folder: RunFolder
  let resumes: Bool
  let output: OutputOptions

  init(_ plan: TrainingPlan, in folder: RunFolder, resumes: Bool, output: OutputOptions) {
    (self.plan, self.folder, self.resumes, self.output) = (plan, folder, resumes, output)
  }

  private var isTalkative: Bool { !output.quiet && !output.json }

  func run() throws {
    let session = try TrainingSession(plan)
    try folder.create()
    if isTalkative { introduce(session) }
    try RunRecord(plan, status: "running").write(to: folder)
    do { try train(session) } catch {
      // A full disk may have no room for the record either; the first error is what counts.
      let record =
        error is Interruption
        ? RunRecord(plan, status: "interrupted") : RunRecord(plan, status: "failed", reason: Main.line(of: error))
      try? record.write(to: folder)
      throw error
    }
  }

  private func train(_ session: TrainingSession) throws {
    // A resumed run must have the same callbacks: a quiet one keeps the bar, and says nothing.
    session.trainer.callbacks.append(isTalkative ? ProgressBar() : ProgressBar(.lines) { _ in })
    try session.keep(in: folder, resumes: resumes)
    Interrupt.listen()
    do throws(TrainingError) { try session.fit() } catch {
      guard case .interrupted(let epoch, _, _) = error else { throw error }
      throw Interruption(place: "in epoch \(epoch)", folder: folder.path)
    }
    try finish(session)
  }

  private func introduce(_ session: TrainingSession) {
    let data = session.data
    Console.line(plan.spec.summary.isEmpty ? plan.spec.name : "\(plan.spec.name): \(plan.spec.summary)")
    Console.line(
      "\(NumberFormat.grouped(data.train.count)) samples to learn from, \(NumberFormat.grouped(data.test.count)) to test; "
        + "\(NumberFormat.grouped(session.network.model.parameterCount)) parameters; seed \(plan.seed)")
    if session.endsInSoftmax {
      Console.line("warning: the network ends in softmax, which the loss computes itself: leave that layer out")
    }
    if data.validatesOnTest { Console.line("validation is the test set here; nothing is chosen by it") }
  }

  private func finish(_ session: TrainingSession) throws {
    try session.saveModel(to: folder.model)
    let result = session.test()
    try RunPictures.write(session.trainer.history, result, plan: plan, to: folder)
    if let log = session.layerLog { try RunPictures.writeLayers(log, plan: plan, to: folder) }
    try RunPictures.writeExample(of: session.data, to: folder)
    try RunRecord(plan, status: "finished", history: session.trainer.history, result: result).write(to: folder)
    if output.json {
      Console.line(RunRecord.summary(result, session.trainer.history, folder: folder.path).description)
    } else {
      report(session, result)
    }
  }

  private func report(_ session: TrainingSession, _ result: TestResult) {
    if output.quiet {
      Console.line(result.accuracy.map { "test accuracy \(NumberFormat.percent($0))" } ?? "test loss \(result.loss)")
      return
    }
    Console.line()
    Console.line(ResultText.text(result))
    Console.line()
    for line in ResultText.verdict(session.trainer.history, session.health.findings) { Console.line(line) }
    Console.line()
    Console.line("model     \(folder.model)")
    Console.line(
      "pictures  \(folder.path)/curves.png\(result.confusion == nil ? "" : ", \(folder.path)/confusion.png")")
    if let numbered = result.confusion.flatMap({ RunPictures.numbered($0.classNames) }), numbered.count <= 40 {
      let legend = numbered.map { "\($0.number) \($0.name.printable)" }.joined(separator: ", ")
      Console.line("          confusion.png has numbers for classes: \(legend)")
    }
    Console.line("try       \(tryLine(session))")
  }

  /// A command to go on with.
  private func tryLine(_ session: TrainingSession) -> String {
    let run = Shell.word(folder.path)
    if session.data.sampleShape.rank == 3 {
      return "\(Shell.program) predict \(run) \(Shell.word(folder.picture("example") + ".png"))"
    }
    let sample = session.data.test.inputs(at: [0]).cast(to: .float32).elements(as: Float.self)
    guard sample.count <= 16, sample.count > 1 else {
      return "\(Shell.program) predict \(run) \(Shell.word(folder.exampleRow))"
    }
    let row = sample.map(\.description).joined(separator: ",")
    return "\(Shell.program) predict \(run) \(row.hasPrefix("-") ? "-- " : "")\(row)"
  }
}
