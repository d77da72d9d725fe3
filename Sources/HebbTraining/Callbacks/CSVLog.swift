import HebbArrays

/// Writes a line of numbers for each epoch into a file that spreadsheets and plots read.
///
/// When a run is resumed the file is cut back to the checkpoint's epochs.
public final class CSVLog: Callback {
  /// The file.
  public let path: String

  /// Writes to this file; it is begun anew with a new run.
  public init(_ path: String) { self.path = path }

  public func fitBegan(_ trainer: Trainer) throws(TrainingError) {
    guard !trainer.history.epochs.isEmpty else {
      // The columns are known with the first epoch.
      Files.remove(path)
      return
    }
    let text = CSVLog.text(of: trainer.history)
    do throws(DataError) { try AtomicFile.write(Array(text.utf8), to: path) } catch { throw .file(error) }
  }

  public func epochEnded(_ record: EpochRecord, _ trainer: Trainer) throws(TrainingError) {
    let header = Files.exists(path) ? "" : CSVLog.header(record) + "\n"
    do throws(DataError) { try Files.append(header + CSVLog.line(record) + "\n", to: path) } catch {
      throw .file(error)
    }
  }

  /// The whole log of some epochs.
  static func text(of history: History) -> String {
    guard let first = history.epochs.first else { return "" }
    return ([header(first)] + history.epochs.map(line)).map { $0 + "\n" }.joined()
  }

  private static func header(_ record: EpochRecord) -> String {
    var names = ["epoch", "training loss"] + record.trainingMetrics.map { "training \($0.name)" }
    if record.validationLoss != nil { names.append("validation loss") }
    names += record.validationMetrics.map { "validation \($0.name)" } + ["learning rate", "seconds"]
    return names.map(quoted).joined(separator: ",")
  }

  private static func line(_ record: EpochRecord) -> String {
    var numbers = [record.trainingLoss] + record.trainingMetrics.map(\.value)
    if let loss = record.validationLoss { numbers.append(loss) }
    numbers += record.validationMetrics.map(\.value) + [record.learningRate]
    let seconds = PlainNumber.fixed(record.seconds, digits: 3)
    return ([String(record.epoch)] + numbers.map { String($0) } + [seconds]).joined(separator: ",")
  }

  private static func quoted(_ name: String) -> String {
    guard name.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return name }
    return "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
