import HebbArrays
import HebbAutograd

extension Module {
  /// Takes over the values of a network that PyTorch trained: its `state_dict` by name. ``PyTorchLayout`` lists what is
  /// converted. If anything is wrong nothing is changed.
  ///
  /// - Parameters:
  ///   - flatten: for each linear layer behind a flattened picture, by its path here, that picture's size.
  ///   - renaming: the path of a module in PyTorch's network from its path here, where they differ.
  public func load(
    pyTorch values: [String: NDArray], flatten: [String: Pair] = [:], renaming: (String) -> String = { $0 }
  ) throws(ValueError) {
    for path in flatten.keys.sorted() {
      require(
        part(at: path) is Linear, "load(pyTorch:): flatten names “\(path)”, where there is no linear layer of \(self)")
    }
    var rest = values.filter { $0.key.split(separator: ".").last != "num_batches_tracked" }
    var found: [(parameter: Parameter, value: NDArray)] = []
    for (path, source) in pyTorchSources(at: "", flatten) {
      let module = renaming(path)
      var parts: [NDArray] = []
      for name in source.names.map({ join(module, $0) }) {
        guard let part = values[name] else { throw .missing(name) }
        rest[name] = nil
        guard part.dtype.isFloatingPoint else { throw .wholeNumbers(name, part.dtype) }
        parts.append(part)
      }
      let value = source.convert(parts)
      guard value.shape == source.parameter.shape else {
        throw .shape(join(module, source.names[0]), found: value.shape, expected: source.parameter.shape)
      }
      found.append((source.parameter, value))
    }
    guard rest.isEmpty else { throw .unknown(rest.keys.sorted()) }
    for (parameter, value) in found { parameter.value = value.cast(to: parameter.value.dtype) }
  }

  /// The module at a path from here; nil where none lies there.
  private func part(at path: String) -> (any Module)? {
    let (name, rest) = (path.prefix { $0 != "." }, path.drop { $0 != "." }.dropFirst())
    guard let inner = members.list.first(where: { $0.name == name })?.member as? any Module else { return nil }
    return rest.isEmpty ? inner : inner.part(at: String(rest))
  }

  private func pyTorchSources(
    at path: String, _ flatten: [String: Pair]
  ) -> [(path: String, source: PyTorchSource)] {
    if let linear = self as? Linear, let size = flatten[path] {
      return linear.sources(.flattened(size)).map { (path, $0) }
    }
    if let readable = self as? any PyTorchReadable { return readable.pyTorchSources.map { (path, $0) } }
    return members.list.flatMap { name, member -> [(path: String, source: PyTorchSource)] in
      if let parameter = member as? Parameter { return [(path, PyTorchSource(parameter, name))] }
      guard let module = member as? any Module else { return [] }
      return module.pyTorchSources(at: join(path, name), flatten)
    }
  }
}
