import Foundation
import HebbArrays
import Testing

/// A checked-in file.
func resource(_ name: String) -> String {
  Bundle.module.bundleURL.appending(path: "Resources/\(name)").path
}

/// Expects an error of one line that names the file and contains `words`.
func expectDataError(
  _ words: String, sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void
) {
  do {
    try body()
    Issue.record("no error, but one about “\(words)” was expected", sourceLocation: sourceLocation)
  } catch let error as DataError {
    #expect(error.description.contains(words), sourceLocation: sourceLocation)
    #expect(!error.description.contains("\n") && !error.advice.isEmpty, sourceLocation: sourceLocation)
  } catch {
    Issue.record("an error of another kind: \(error)", sourceLocation: sourceLocation)
  }
}
