import HebbArrays
import HebbRecipes
import HebbRuns

extension RunFolder {
  /// The folder for a new run: the one that is named, or the next that is free below runs/.
  ///
  /// - Parameter advice: what to do where a run was begun there, given the folder's path.
  static func fresh(
    _ path: String?, named name: String, advice: ((String) -> String)? = nil
  ) throws(DataError) -> RunFolder {
    let folder = path.map { RunFolder($0) } ?? RunFolder.next(named: name)
    guard folder.holdsRun else { return folder }
    throw DataError(
      folder.path, "a run was begun here already",
      advice: advice?(folder.path) ?? "go on with --resume \(folder.path), or name another folder")
  }
}
