import HebbArrays

/// What another program gave, by name: a file in a `Reference` folder of the tests, made by the script beside it.
package struct Reference: Sendable {
  private let file: SafetensorsFile

  /// - Parameter name: the path below `Tests`, without its ending: "HebbLayersTests/Reference/layers".
  package init(_ name: String) {
    do { file = try SafetensorsFile(reading: Document.root + "Tests/\(name).safetensors") } catch {
      fatalError("\(error)")
    }
  }

  /// An array that must be there.
  package subscript(name: String) -> NDArray {
    guard let array = file[name] else { fatalError("the reference has no \(name)") }
    return array
  }

  /// An array that only some cases have.
  package func array(_ name: String) -> NDArray? { file[name] }

  /// Whole numbers that must be there.
  package func integers(_ name: String) -> [Int] { self[name].elements(as: Int32.self).map(Int.init) }

  /// The arrays whose names begin with a prefix, by the rest of their names.
  package func values(under prefix: String) -> [String: NDArray] {
    Dictionary(
      uniqueKeysWithValues: file.tensors.filter { $0.name.hasPrefix(prefix) }.map {
        (String($0.name.dropFirst(prefix.count)), $0.value)
      })
  }

  /// The names in the file.
  package var names: [String] { file.tensors.map(\.name) }
}

/// The largest difference of two arrays with as many elements; infinite where they have not.
package func difference(_ a: NDArray, _ b: NDArray) -> Double {
  guard a.count == b.count else { return .infinity }
  return (a.reshaped([a.count]).cast(to: .float64) - b.reshaped([b.count]).cast(to: .float64)).abs().max().scalar
}
