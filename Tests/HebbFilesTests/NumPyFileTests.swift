import HebbArrays
import HebbFiles
import HebbTesting
import Testing

@Suite struct NumPyFileTests {
  @Test(arguments: ["f4", "f8", "i4", "i8", "u1", "fortran", "version2"]) func numPysFilesAreRead(name: String) throws {
    let array = try NumPyFile.read(resource("\(name).npy"))
    #expect(array.shape == [2, 3, 4])
    #expect(array.cast(to: .int32).elements() == (0..<24).map { Int32($0) })
  }

  @Test func truthsAreRead() throws {
    #expect(try NumPyFile.read(resource("b1.npy")).elements() == (0..<24).map { UInt8($0 % 2) })
  }

  @Test(arguments: ["stored.npz", "deflated.npz"]) func severalArraysAreRead(name: String) throws {
    let arrays = try NumPyFile.readAll(resource(name))
    #expect(arrays.map(\.name) == ["first", "second"])
    #expect(arrays[0].value.elements() == (0..<24).map { Float($0) })
    #expect(arrays[1].value.dtype == .uint8)
  }

  @Test func arraysComeBack() throws {
    let arrays = [
      ("a", NDArray([1.5, -2] as [Float], shape: [2, 1])), ("b", NDArray(3.25)), ("c", NDArray([7] as [Int32])),
      ("d", .zeros([0, 4], dtype: .uint8)),
    ]
    try withTemporaryFolder { folder in
      try NumPyFile.writeAll(arrays.map { (name: $0.0, value: $0.1) }, to: "\(folder)/a.npz")
      let back = try NumPyFile.readAll("\(folder)/a.npz")
      #expect(back.map(\.name) == ["a", "b", "c", "d"])
      #expect(zip(back, arrays).allSatisfy { $0.value.shape == $1.1.shape && $0.value.dtype == $1.1.dtype })
      #expect(back[0].value.elements() == [1.5, -2] as [Float] && back[1].value.scalar == 3.25)
    }
    // NumPy writes the same bytes.
    let ramp = NDArray((0..<24).map { Float($0) }, shape: [2, 3, 4])
    #expect(try NumPyFile.decode(NumPyFile.encode(ramp), name: "ramp").elements() == ramp.elements(as: Float.self))
  }

  @Test(arguments: [
    ("promises", "{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904,), }"),
    ("promises", "{'descr': '<f4', 'fortran_order': True, 'shape': (4611686018427387904, 4), }"),
    ("7 axes are more than the 6", "{'descr': '<f4', 'fortran_order': False, 'shape': (1,1,1,1,1,1,1), }"),
    ("more bytes than any file has", "{'descr': '<f4', 'fortran_order': False, 'shape': (0, 4611686018427387904), }"),
    (
      "more bytes than any file has",
      "{'descr': '<f4', 'fortran_order': True, 'shape': (2147483647, 2147483647, 2147483647, 0), }"
    ),
    ("promises", "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }"),
    ("malformed", "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }"),
    ("malformed", "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }"),
    ("type |O", "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }"),
    ("type >f4", "{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }"),
    ("missing", "{'descr': '<f4', 'shape': (1,), }"), ("twice", "{'shape': (1,), 'shape': (1,), }"),
    ("unknown", "{'other': 1}"), ("missing", "{"), ("missing", ""), ("True or False", "{'fortran_order': 1}"),
  ]) func hostileHeadersAreRefused(words: String, header: String) {
    let text = Array(header.utf8)
    let bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(text.count), 0] + text + [0, 0, 0, 0]
    expectDataError(words) { _ = try NumPyFile.decode(bytes, name: "hostile.npy") }
  }

  @Test func everyTruncationIsRefused() throws {
    let whole = try InputFile.bytes(of: resource("f4.npy"), limit: 1 << 20)
    for count in whole.indices {
      expectDataError("f4") { _ = try NumPyFile.decode(Array(whole[..<count]), name: "f4") }
    }
  }
}
