import Foundation
import HebbTesting

/// What MiniSom, scikit-learn, artlib and NumPy gave, by name: made by the script beside the file.
let reference = Reference("HebbRulesTests/Reference/rules")

/// The part of equal elements.
func agreement<T: Equatable>(_ a: [T], _ b: [T]) -> Double {
  Double(zip(a, b).filter { $0 == $1 }.count) / Double(max(a.count, b.count))
}

/// A name in the temporary folder.
func temporaryFile(_ name: String) -> String {
  FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString)-\(name)").path
}
