import Foundation
import HebbArrays
import Testing

/// What MiniSom, scikit-learn, artlib and NumPy gave, by name: `Reference/rules.safetensors`, made by the script beside it.
struct Reference {
  private let file: SafetensorsFile

  init() throws {
    let url = try #require(Bundle.module.url(forResource: "Reference/rules", withExtension: "safetensors"))
    file = try SafetensorsFile(reading: url.path)
  }

  subscript(name: String) -> NDArray {
    guard let array = file[name] else { fatalError("the reference has no \(name)") }
    return array
  }

  func integers(_ name: String) -> [Int] { self[name].elements(as: Int32.self).map(Int.init) }
}

/// The largest difference of two arrays.
func difference(_ a: NDArray, _ b: NDArray) -> Double {
  guard a.count == b.count else { return .infinity }
  return (a.reshaped([a.count]) - b.reshaped([b.count])).abs().max().scalar
}

/// The part of equal elements.
func agreement<T: Equatable>(_ a: [T], _ b: [T]) -> Double {
  Double(zip(a, b).filter { $0 == $1 }.count) / Double(max(a.count, b.count))
}

/// A name in the temporary folder.
func temporaryFile(_ name: String) -> String {
  FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString)-\(name)").path
}
