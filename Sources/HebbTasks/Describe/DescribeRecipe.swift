import Hebb
import HebbPlots
import HebbRuns

extension TaskRecipe {
  /// Captions of pictures. Fifty pictures can be learnt by heart, not understood.
  ///
  /// A picture with five captions leaves open which is meant: the loss stays above ln 5 for each, some 0.13 for a piece of a
  /// dozen. With `--set captions=1 --epochs 200` it falls to 0.02, and all 50 pictures are told by their caption.
  static let caption = TaskRecipe(
    name: "caption", summary: "what a picture shows, in a sentence",
    data: "coco-captions-tiny", kinds: [("attend", 60)], use: "hebb describe RUN/model.safetensors photo.jpg",
    options: [
      ("captions", "how many of a picture's captions are learnt, all"), ("side", "pixels of the pictures, 96"),
      ("pieces", "how many pieces of words there are at most, 1000"),
    ],
    own: "a folder with pictures and captions.tsv: the name of a picture, a tab and a caption in each line",
    prepare: { try DescribeTraining($0) })
}

/// The training of a network that describes pictures.
struct DescribeTraining: TaskTraining {
  private let pictures: CaptionedPictures
  private let describer: DescribeModel
  let trainer: Trainer
  let train: Loader
  let validation: Loader?
  /// Where pictures are few, those that were not learnt say nothing of when to stop.
  let best: Measure? = nil
  var model: any TaskModel { describer }

  init(_ plan: TaskPlan) throws {
    let side = try plan.integer("side", 16...512) ?? 96
    let size = try plan.integer("pieces", 300...32_000) ?? 1_000
    let limit = try plan.integer("captions", 1...100) ?? 100
    pictures = try CaptionedPictures.load(plan.source, side: side)
    let texts = pictures.train.flatMap { $0.captions.prefix(limit) }
    let vocabulary = PairVocabulary(learning: texts, size: size)
    var random = Philox(seed: plan.seed)
    let model = DescribeModel(vocabulary, side: side, dropout: 0, using: &random)
    describer = model
    let loss = Loss.crossEntropy(ignoring: -1)
    trainer = Trainer(
      model.network, optimizer: Adam(learningRate: 1e-3), schedule: .cosine(to: 0.05), seed: plan.seed
    ) { batch in
      let logits = model.logits(batch)
      return Outcome(loss: loss(logits, batch.targets), prediction: logits)
    }
    trainer.clipping = .norm(1)
    train = Loader(
      CaptionDataset("train", pictures.train, captions: limit, vocabulary), batchSize: 10,
      sampler: .shuffled(seed: plan.seed))
    validation = Loader(
      CaptionDataset("validation", pictures.validation, captions: limit, vocabulary), batchSize: 10)
  }

  var introduction: String {
    "\(pictures.name): \(pictures.train.count) pictures to learn with \(train.dataset.count) captions, "
      + "\(pictures.validation.count) to test, \(describer.vocabulary.count) pieces"
  }

  var fingerprint: DataFingerprint? {
    DataFingerprint(pictures.train, pictures.validation) { item in
      [.text(item.name), .array(item.picture)] + item.captions.map { .text($0) }
    }
  }

  func outcome() throws -> RunOutcome {
    var outcome = RunOutcome()
    var lines: [String] = []
    func own(_ items: [CaptionedPictures.Item]) -> Int {
      items.count { item in
        let text = describer.describe(item.picture).text
        lines.append("\(item.name)\t\(text)")
        return item.captions.contains(text)
      }
    }
    let (learnt, new) = (own(pictures.train), own(pictures.validation))
    let loss = trainer.evaluate(train).loss
    outcome.numbers = [
      ("loss", loss), ("own", Double(learnt) / Double(pictures.train.count)),
      ("new", Double(new) / Double(pictures.validation.count)),
    ]
    outcome.sentences = [
      "loss \(NumberText.fixed(loss, places: 3)) on what was learnt; "
        + "\(learnt) of \(pictures.train.count) learnt pictures are described by a caption of theirs, "
        + "\(new) of \(pictures.validation.count) new ones"
    ]
    outcome.files = [("described.tsv", Array(lines.map { $0 + "\n" }.joined().utf8))]
    return outcome
  }
}
