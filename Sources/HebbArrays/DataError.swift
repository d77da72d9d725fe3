/// Something is wrong with data from outside of the process: with a file, an archive, a download.
///
/// Its description is one line: which file, where in it, what is wrong, and what to do.
public struct DataError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file's path or name.
  public let file: String
  /// Where in the file, such as "byte 16" or "line 3"; `nil` where the file as a whole is meant.
  public let place: String?
  /// What is wrong.
  public let problem: String
  /// What the user can do.
  public let advice: String

  /// An error of a file; its parts become one line.
  ///
  /// - Parameters:
  ///   - file: its path or name.
  ///   - place: where in it, such as "line 3".
  ///   - problem: what is wrong there.
  ///   - advice: what the user can do.
  public init(_ file: String, at place: String? = nil, _ problem: String, advice: String) {
    self.file = file
    self.place = place
    self.problem = problem
    self.advice = advice
  }

  /// `FILE, PLACE: PROBLEM; ADVICE`, in one line.
  public var description: String {
    DataError.oneLine("\(file)\(place.map { ", \($0)" } ?? ""): \(problem); \(advice)")
  }

  /// Text from a hostile file may hold line breaks and control characters.
  private static func oneLine(_ text: String) -> String {
    String(
      String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 32 || (127..<160).contains($0.value) ? " " : $0 }))
  }
}
