import Synchronization

/// The forms in which kernels read an array's elements, such as packed or transformed weights, kept beside the array: a network
/// that only infers makes each of them once.
///
/// A form is kept from its second use on, so that weights that change with every step of training keep none. Who writes to the
/// array forgets them all.
final class KeptForms: @unchecked Sendable {
  // Sendable: entries are reached under one lock, or by the only owner of the array.

  /// How a form is made: of a matrix at `start`, with the distances between its rows and its columns.
  struct Key: Equatable {
    enum Kind { case columns, convolution, winograd }
    let kind: Kind
    let start: UnsafePointer<Float>
    let row: Int, column: Int
    let rows: Int, columns: Int
  }

  private struct Entry {
    let key: Key
    var form: Scratch?
  }

  /// More forms than this of one array are views of it, each used for once.
  private static let limit = 8
  private static let lock = Mutex(())
  private var entries: [Entry] = []

  fileprivate static func uses(_ key: Key, of storage: Storage) -> (form: Scratch?, isKept: Bool) {
    lock.withLock { _ in
      let forms = storage.forms ?? KeptForms()
      storage.forms = forms
      if let entry = forms.entries.first(where: { $0.key == key }) { return (entry.form, true) }
      if forms.entries.count < limit { forms.entries.append(Entry(key: key)) }
      return (nil, false)
    }
  }

  fileprivate static func keep(_ form: Scratch, for key: Key, of storage: Storage) {
    lock.withLock { _ in
      guard let forms = storage.forms, let index = forms.entries.firstIndex(where: { $0.key == key }) else { return }
      forms.entries[index].form = form
    }
  }

  func forget() { entries.removeAll(keepingCapacity: true) }
}

extension Storage {
  /// The elements in another form of `count` numbers: a kept one, or what `make` writes.
  func form(_ key: KeptForms.Key, count: Int, make: (UnsafeMutablePointer<Float>) -> Void) -> Scratch {
    let (kept, isKept) = KeptForms.uses(key, of: self)
    if let kept { return kept }
    let form = Scratch(count)
    make(form.floats)
    if isKept { KeptForms.keep(form, for: key, of: self) }
    return form
  }
}
