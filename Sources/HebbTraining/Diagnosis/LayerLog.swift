import HebbArrays

/// Writes for each epoch what the curves say so far, and how large each parameter's gradient was: a line of a CSV file.
///
///     let health = LayerHealth()
///     trainer.callbacks += [health, LayerLog("layers.csv", of: health)]
///
/// Columns: epoch, verdict, the number of findings, and the Euclidean norm of each parameter's gradient by its path. When
/// a run is resumed the file is cut back to the checkpoint's epochs.
public final class LayerLog: Callback {
  /// One epoch of the log.
  public struct Row: Sendable, Hashable {
    /// Counted from 1.
    public let epoch: Int
    /// A ``CurveDiagnosis/Verdict`` in words.
    public let verdict: String
    /// How many ``LayerHealth/findings`` there were.
    public let findings: Int
    /// In the order of ``LayerLog/paths``.
    public let norms: [Double]
  }

  /// The file.
  public let path: String
  /// The parameters whose gradients are written.
  public private(set) var paths: [String] = []
  /// All epochs in the file, those before a resumed checkpoint included.
  public private(set) var rows: [Row] = []
  private let health: LayerHealth

  /// - Parameter health: stands before this in the trainer's callbacks.
  public init(_ path: String, of health: LayerHealth) { (self.path, self.health) = (path, health) }

  public func fitBegan(_ trainer: Trainer) throws(TrainingError) {
    let done = trainer.history.epochs.count
    if done > 0, Files.exists(path) {
      do throws(DataError) { try read(epochs: done) } catch { throw .file(error) }
    } else {
      (paths, rows) = ([], [])
    }
    if rows.isEmpty { Files.remove(path) } else { try write() }
  }

  public func epochEnded(_ record: EpochRecord, _ trainer: Trainer) throws(TrainingError) {
    if rows.isEmpty { paths = health.norms.map(\.path) }
    let norms = Dictionary(health.norms.map { ($0.path, $0.norm) }) { first, _ in first }
    rows.append(
      Row(
        epoch: record.epoch, verdict: trainer.history.diagnosis.verdict.description, findings: health.findings.count,
        norms: paths.map { norms[$0] ?? .nan }))
    guard rows.count > 1 else { return try write() }
    do throws(DataError) { try Files.append(rows[rows.count - 1].text + "\n", to: path) } catch { throw .file(error) }
  }

  private func write() throws(TrainingError) {
    let lines = [(["epoch", "verdict", "findings"] + paths).joined(separator: ",")] + rows.map(\.text)
    let text = lines.map { $0 + "\n" }.joined()
    do throws(DataError) { try AtomicFile.write(Array(text.utf8), to: path) } catch { throw .file(error) }
  }

  /// Takes over the first epochs of a file that was written before; what is damaged is left out.
  private func read(epochs: Int) throws(DataError) {
    let bytes = try InputFile.bytes(of: path, limit: 1 << 26)
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    guard let head = lines.first, head.prefix(3) == ["epoch", "verdict", "findings"] else {
      (paths, rows) = ([], [])
      return
    }
    paths = Array(head.dropFirst(3))
    rows = lines.dropFirst().compactMap { cells in
      guard cells.count == head.count, let epoch = Int(cells[0]), epoch <= epochs, let findings = Int(cells[2])
      else { return nil }
      return Row(
        epoch: epoch, verdict: cells[1], findings: findings, norms: cells.dropFirst(3).map { Double($0) ?? .nan })
    }
  }
}

extension LayerLog.Row {
  fileprivate var text: String {
    (["\(epoch)", verdict, "\(findings)"] + norms.map { "\($0)" }).joined(separator: ",")
  }
}
