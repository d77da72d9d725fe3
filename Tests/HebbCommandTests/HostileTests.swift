import Foundation
import Testing

/// Files that were made to crash a reader or to fill memory: one line, exit code 2, little memory.
@Suite struct HostileTests {
  /// What is wrong, the files, the command, and words of the answer.
  struct Attack: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let prepare: @Sendable (Tool) throws -> Void
    let arguments: [String]
    let words: String

    init(
      _ name: String, _ arguments: String..., words: String, prepare: @escaping @Sendable (Tool) throws -> Void
    ) { (testDescription, self.prepare, self.arguments, self.words) = (name, prepare, arguments, words) }
  }

  private static let attacks = [
    Attack("a weight is NaN", "predict", "run", "1,2,3,4", words: "infinite or NaN") { tool in
      var model = try tool.bytes("run/model.safetensors")
      model.replaceSubrange(model.count - 4..<model.count, with: [0, 0, 0xC0, 0x7F])
      try tool.write(model, to: "run/model.safetensors")
    },
    Attack(
      "a weight that is huge", "predict", "run", "1,2,3,4", "--json", words: "the row: the network's answer is infinite"
    ) { tool in
      var model = try tool.bytes("run/model.safetensors")
      for place in 1...51 {
        model.replaceSubrange(model.count - 4 * place..<model.count - 4 * place + 4, with: [0xFF, 0xFF, 0x7F, 0x7F])
      }
      try tool.write(model, to: "run/model.safetensors")
    },
    Attack("answers that are infinite", "evaluate", "run", words: "answers are infinite or NaN") { tool in
      var model = try tool.bytes("run/model.safetensors")
      for place in 1...51 {
        model.replaceSubrange(model.count - 4 * place..<model.count - 4 * place + 4, with: [0xFF, 0xFF, 0x7F, 0x7F])
      }
      try tool.write(model, to: "run/model.safetensors")
    },
    Attack("a larger network than its weights", "predict", "run", "1,2,3,4", words: "more than") { tool in
      let model = try tool.bytes("run/model.safetensors")
      var text = model.map { $0 }
      // 8 units become a million; the numbers are still those of 8.
      try replace("{\\\"linear\\\":8},\\\"tanh\\\"", "{\\\"linear\\\":1000000},\\\"tanh\\\"", in: &text)
      try tool.write(Data(text), to: "run/model.safetensors")
    },
    Attack("a checkpoint of impossible counters", "train", "--resume", "run", words: "checkpoint") { tool in
      var text = try tool.bytes("run/checkpoint.safetensors").map { $0 }
      try replace("\\\"step\\\":8,", "\\\"step\\\":-8,", in: &text)
      try tool.write(Data(text), to: "run/checkpoint.safetensors")
    },
    Attack("a plan of impossible epochs", "train", "--resume", "run", words: "does not say what was run") { tool in
      let run = String(decoding: try tool.bytes("run/run.json"), as: UTF8.self)
      #expect(run.contains(#""epochs":1,"#))
      try tool.write(
        Data(run.replacingOccurrences(of: #""epochs":1,"#, with: #""epochs":4000000000000,"#).utf8), to: "run/run.json")
    },
    Attack("a folder without a run", "train", "--resume", "empty", words: "no run was begun here") { tool in
      try tool.shell("mkdir empty")
    },
    Attack("a pipe that nobody writes to", "predict", "run", "pipe", words: "it is not a file") { tool in
      try tool.shell("mkfifo pipe")
    },
    Attack("a pipe for a network file", "train", "pipe.yaml", words: "it is not a file") { tool in
      try tool.shell("mkfifo pipe.yaml")
    },
    Attack("seven axes", "train", "seven.yaml", words: "7 axes are more than the 6") { tool in
      let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1, 1, 1, 1, 1, 1), }\n"
      try tool.write(
        Data([0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8) + [0, 0, 0, 0]),
        to: "x.npy")
      try tool.write(
        Data("data: {arrays: {inputs: x.npy, targets: x.npy}}\nnetwork: [linear: classes]".utf8), to: "seven.yaml")
    },
    Attack("a header of 2⁶² bytes", "summary", "run", words: "4611686018427387904 bytes") { tool in
      var model = try tool.bytes("run/model.safetensors")
      model.replaceSubrange(0..<8, with: [0, 0, 0, 0, 0, 0, 0, 0x40])
      try tool.write(model, to: "run/model.safetensors")
    },
    Attack("a line without end", "predict", "run", "line.csv", words: "line 1: it is too long") { tool in
      try tool.write(Data(String(repeating: "1,", count: 10_000_000).utf8), to: "line.csv")
    },
    Attack("a packed table of zeros", "train", "bomb.yaml", words: "more than 200 times its size") { tool in
      try tool.shell("head -c 300000000 /dev/zero | gzip -9 > bomb.csv.gz")
      try tool.write(Data("data: {table: bomb.csv.gz}\nnetwork: [linear: classes]".utf8), to: "bomb.yaml")
    },
    Attack("an archive of zeros", "data", "show", "cifar10", "--data", "c", words: "more than 200 times its size") {
      tool in
      try tool.shell(
        """
        mkdir c && cd c && for i in 1 2 3 4 5; do head -c 60000000 /dev/zero > data_batch_$i.bin; done
        tar --use-compress-program='gzip -9' -cf cifar-10-binary.tar.gz *.bin && rm *.bin
        """)
    },
    Attack("an archive without pictures", "data", "show", "chinese-mnist", "--data", "n", words: "[0, 64, 64, 1]") {
      tool in
      try tool.shell("mkdir n && cd n && tar -czf chinese_mnist.tar.gz -T /dev/null")
    },
    Attack("parts of two sizes", "train", "mnist-mlp", "--data", "m", words: "[20, 8, 8, 1], those to test [20, 28,") {
      tool in
      try tool.shell("mkdir m")
      for (name, side) in [("train", 8), ("t10k", 28)] {
        let pictures = [UInt8]([0, 0, 8, 3, 0, 0, 0, 20, 0, 0, 0, UInt8(side), 0, 0, 0, UInt8(side)])
        try tool.write(
          Data(pictures + [UInt8](repeating: 0, count: 20 * side * side)), to: "m/\(name)-images-idx3-ubyte")
        try tool.write(Data([0, 0, 8, 1, 0, 0, 0, 20] + (0..<20).map { $0 % 10 }), to: "m/\(name)-labels-idx1-ubyte")
      }
    },
    Attack("a table of zeros", "train", "zeros.yaml", words: "it has a NUL character: it is no text") { tool in
      try tool.shell("head -c 20000000 /dev/zero > zeros.csv")
      try tool.write(Data("data: {table: zeros.csv}\nnetwork: [linear: classes]".utf8), to: "zeros.yaml")
    },
    Attack("a row of zeros", "predict", "run", "zeros.csv", words: "it has a NUL character: it is no text") { tool in
      try tool.shell("head -c 20000000 /dev/zero > zeros.csv")
    },
    Attack("a quotation mark that stays open", "train", "open.yaml", words: "line 2: a quotation mark is opened") {
      tool in
      try tool.write(Data(("a,b,c\n1,\"2,x\n" + String(repeating: "1,2,x\n", count: 20)).utf8), to: "open.csv")
      try tool.write(Data("data: {table: open.csv}\nnetwork: [linear: classes]".utf8), to: "open.yaml")
    },
    Attack("numbers taken for classes", "train", "prices.yaml", words: "classes: false") { tool in
      try tool.write(Data((0..<40).map { "\($0),\(0.5 * Double($0))\n" }.joined().utf8), to: "prices.csv")
      try tool.write(Data("data: {table: prices.csv}\nnetwork: [linear: classes]".utf8), to: "prices.yaml")
    },
    Attack("a network without layers", "train", "none.yaml", words: "line 2: there are no layers") { tool in
      try tool.write(Data("data: iris\nnetwork: []".utf8), to: "none.yaml")
    },
    Attack("a picture of another kind", "predict", "run", "old.gif", words: "a GIF picture") { tool in
      try tool.write(Data("GIF89a".utf8) + Data([1, 0, 1, 0, 0, 0, 0]), to: "old.gif")
    },
    Attack("pictures of another kind", "data", "show", "digits", "--out", "d.gif", words: "name it .png, .jpg or .svg")
    {
      _ in
    },
    Attack("weights of whole numbers", "predict", "run", "1,2,3,4", words: "is of whole numbers (int32)") { tool in
      var text = try tool.bytes("run/model.safetensors").map { $0 }
      try replace("\"dtype\":\"F32\"", "\"dtype\":\"I32\"", in: &text)
      try tool.write(Data(text), to: "run/model.safetensors")
    },
    Attack(
      "an optimiser of whole numbers", "train", "--resume", "run", "--epochs", "2", words: "are int32, not float32"
    ) { tool in
      var text = try tool.bytes("run/checkpoint.safetensors").map { $0 }
      try replace(
        "\"optimizer.mean.0.weight\":{\"dtype\":\"F32\"", "\"optimizer.mean.0.weight\":{\"dtype\":\"I32\"", in: &text)
      try tool.write(Data(text), to: "run/checkpoint.safetensors")
    },
    Attack("a metric of one sum", "train", "--resume", "run", "--epochs", "2", words: "sums of the metric accuracy") {
      tool in
      var text = try tool.bytes("run/checkpoint.safetensors").map { $0 }
      try replace("\\\"metrics\\\":[[]]", "\\\"metrics\\\":[[1]]", in: &text)
      try tool.write(Data(text), to: "run/checkpoint.safetensors")
    },
    Attack("a table of one class", "train", "one.yaml", words: "line 1: all samples are of one class, “2”") { tool in
      try tool.write(Data(String(repeating: "1,2\n", count: 20).utf8), to: "one.csv")
      try tool.write(Data("data: {table: one.csv}\nnetwork: [linear: classes]".utf8), to: "one.yaml")
    },
    Attack("sizes beyond all memory", "bench", "--only", "train-mlp", "--shape", "batch=1000000", words: "16384") { _ in
    },
    Attack("numbers outside of a vocabulary", "train", "words.yaml", words: "is no whole number below 3") { tool in
      let text =
        "data: {set: iris, normalize: unit}\nnetwork: [embedding: {count: 3, features: 2}, flatten, linear: classes]"
      try tool.write(Data(text.utf8), to: "words.yaml")
    },
    Attack("numbers for classes", "train", "line.yaml", words: "line 3: cross-entropy needs classes") { tool in
      try tool.write(Data((0..<20).map { "\($0),\(2 * $0)\n" }.joined().utf8), to: "line.csv")
      let text = "data: {table: line.csv, classes: false}\nnetwork: [linear: classes]\ntraining: {loss: cross-entropy}"
      try tool.write(Data(text.utf8), to: "line.yaml")
    },
    Attack("a picture's change for a table", "train", "crop.yaml", words: "line 1: “crop” changes pictures") { tool in
      try tool.write(Data("data: {set: iris, augment: [crop: 1]}\nnetwork: [linear: classes]".utf8), to: "crop.yaml")
    },
    Attack("the checkpoint of another run", "train", "--resume", "run", words: "begun with batch size 16, not 8") {
      tool in
      let run = String(decoding: try tool.bytes("run/run.json"), as: UTF8.self)
      #expect(run.contains(#""batch":16"#))
      try tool.write(Data(run.replacingOccurrences(of: #""batch":16"#, with: #""batch":8"#).utf8), to: "run/run.json")
    },
    Attack(
      "a loss that explodes", "train", "far.yaml", "--quiet",
      words: "loss is not finite in epoch 1 at step 2; it began in"
    ) { tool in
      let text = """
        data: iris
        network: [linear: 30, relu, linear: classes]
        training: {epochs: 30, optimizer: {sgd: {rate: 1000}}, loss: mean-squared-error}
        """
      try tool.write(Data(text.utf8), to: "far.yaml")
    },
  ]

  @Test(arguments: attacks)
  func oneLineAndLittleMemory(_ attack: Attack) throws {
    let tool = try Tool()
    defer { tool.clean() }
    #expect(try tool.run("train", "iris", "--epochs", "1", "--out", "run", "--quiet").code == 0)
    try attack.prepare(tool)
    let result = try tool.run(all: attack.arguments, megabytes: 1000)
    #expect(result.code == 2)
    #expect(result.errors.hasPrefix("error: ") && result.errors.split(separator: "\n").count == 1, "\(result.errors)")
    #expect(result.errors.contains(attack.words), "\(result.errors)")
  }

  /// Wishes of the environment that cannot be met.
  @Test(arguments: [
    (["HEBB_ISA": "mmx"], "HEBB_ISA=mmx: this processor runs scalar"), (["HEBB_THREADS": "0"], "HEBB_THREADS=0"),
    (["HEBB_THREADS": "many"], "no number from 1 to 1024"), (["HEBB_THREADS": "1000000"], "no number from 1 to 1024"),
  ])
  func surroundings(_ environment: [String: String], _ words: String) throws {
    let tool = try Tool()
    defer { tool.clean() }
    let result = try tool.run(all: ["recipes"], environment: environment)
    #expect(result.code == 2 && result.output.isEmpty, "\(result)")
    #expect(result.errors.contains(words) && result.errors.split(separator: "\n").count == 1, "\(result.errors)")
  }

  /// Output that is lost is no success.
  @Test func aFullOutputIsAnError() throws {
    let tool = try Tool()
    defer { tool.clean() }
    try tool.shell("code=0; '\(Tool.path)' recipes > /dev/full 2> err || code=$?; test $code = 2")
    let errors = String(decoding: try tool.bytes("err"), as: UTF8.self)
    #expect(errors.hasPrefix("error: standard output: it cannot be written: "), "\(errors)")
    #expect(errors.split(separator: "\n").count == 1, "\(errors)")
  }

  /// A run that fails says so in its record, and why.
  @Test func failedRunsSayWhy() throws {
    let tool = try Tool()
    defer { tool.clean() }
    let text = """
      data: iris
      network: [linear: 30, relu, linear: classes]
      training: {epochs: 30, optimizer: {sgd: {rate: 1000}}, loss: mean-squared-error}
      """
    try tool.write(Data(text.utf8), to: "far.yaml")
    #expect(try tool.run("train", "far.yaml", "--out", "run", "--quiet").code == 2)
    let record = String(decoding: try tool.bytes("run/run.json"), as: UTF8.self)
    #expect(record.hasPrefix(#"{"status":"failed","reason":"the validation loss is not finite in epoch"#), "\(record)")
    // Where the log cannot be written either.
    try tool.shell("mkdir -p full/metrics.csv")
    #expect(try tool.run("train", "iris", "--epochs", "1", "--out", "full", "--quiet").code == 2)
    let full = String(decoding: try tool.bytes("full/run.json"), as: UTF8.self)
    #expect(full.hasPrefix(#"{"status":"failed","reason":"full/metrics.csv"#), "\(full)")
  }

  private static func replace(_ old: String, _ new: String, in bytes: inout [UInt8]) throws {
    // The header is a text of known length behind eight bytes, and may end in spaces.
    let length = bytes[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
    let header = String(decoding: bytes[8..<8 + length], as: UTF8.self)
    try #require(header.contains(old), "\(header.prefix(2000))")
    let changed = Array(header.replacingOccurrences(of: old, with: new).utf8)
    let padded = changed + [UInt8](repeating: 32, count: (8 - changed.count % 8) % 8)
    bytes = (0..<8).map { UInt8(padded.count >> (8 * $0) & 255) } + padded + bytes[(8 + length)...]
  }
}
