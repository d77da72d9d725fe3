import HebbArrays

/// Cuts a data set into the batches of an epoch.
///
///     let loader = Loader(train, batchSize: 64, sampler: .shuffled(seed: 7))
///     for batch in loader.batches(epoch: 0) { … }
///
/// The batches are a function of the data set, the sampler, the seed and the epoch. They are made ahead on a thread of
/// their own, which changes when they are ready, never what they hold.
public struct Loader: Sendable {
  /// What is cut into batches.
  public let dataset: any Dataset
  /// Samples in a batch; the last one of an epoch may have fewer.
  public let batchSize: Int
  /// The order of the samples.
  public let sampler: Sampler
  /// Leaves out the samples at the end of an epoch that do not fill a batch.
  public let dropsLast: Bool
  /// What changes samples as they are taken.
  public let augmentations: [any Augmentation]
  /// The seed of the augmentations.
  public let seed: UInt64
  /// How many batches are made ahead; 0 makes each when it is asked for.
  public let prefetch: Int

  /// A loader of a data set.
  ///
  /// - Parameters:
  ///   - dataset: what is cut into batches.
  ///   - batchSize: samples in a batch, 1 or more; the last one may have fewer.
  ///   - sampler: the order of the samples in each epoch.
  ///   - dropsLast: leaves out a last batch that is not full.
  ///   - augmentations: change each sample as it is taken, in this order.
  ///   - seed: of the augmentations.
  ///   - prefetch: how many batches another thread makes ahead; 0 makes each when it is asked for.
  public init(
    _ dataset: any Dataset, batchSize: Int, sampler: Sampler = .sequential, dropsLast: Bool = false,
    augmentations: [any Augmentation] = [], seed: UInt64 = 0, prefetch: Int = 2
  ) {
    require(batchSize > 0, "a batch of \(batchSize) samples")
    require(prefetch >= 0, "\(prefetch) batches cannot be made ahead")
    self.dataset = dataset
    self.batchSize = batchSize
    self.sampler = sampler
    self.dropsLast = dropsLast
    self.augmentations = augmentations
    self.seed = seed
    self.prefetch = prefetch
  }

  /// How many batches an epoch has.
  public var batchCount: Int {
    dropsLast ? dataset.count / batchSize : (dataset.count + batchSize - 1) / batchSize
  }

  /// The batches of an epoch, from number `first` on: a run that was stopped goes on where it was.
  public func batches(epoch: Int, startingAt first: Int = 0) -> Batches {
    require(first >= 0 && first <= batchCount, "an epoch of \(batchCount) batches has no batch \(first)")
    let order = sampler.indices(count: dataset.count, epoch: epoch)
    let make: @Sendable (Int) -> Batch = { [self] number in
      let indices = Array(order[number * batchSize..<min((number + 1) * batchSize, order.count)])
      return dataset.batch(at: indices, augmentedBy: augmentations, seed: seed, epoch: epoch)
    }
    return Batches(first..<batchCount, ahead: prefetch, make: make)
  }
}

/// The batches of an epoch, one after the other; the same ones each time they are gone through.
public struct Batches: Sequence {
  private let numbers: Range<Int>
  private let ahead: Int
  private let make: @Sendable (Int) -> Batch

  init(_ numbers: Range<Int>, ahead: Int, make: @escaping @Sendable (Int) -> Batch) {
    (self.numbers, self.ahead, self.make) = (numbers, ahead, make)
  }

  /// How many batches there are.
  public var underestimatedCount: Int { numbers.count }

  /// Begins with the first batch.
  public func makeIterator() -> Iterator { Iterator(numbers, ahead: ahead, make: make) }

  /// One way through the batches.
  public struct Iterator: IteratorProtocol {
    private var numbers: Range<Int>
    private let make: @Sendable (Int) -> Batch
    private let prefetcher: Prefetcher<Batch>?

    init(_ numbers: Range<Int>, ahead: Int, make: @escaping @Sendable (Int) -> Batch) {
      (self.numbers, self.make) = (numbers, make)
      prefetcher = ahead > 0 && numbers.count > 1 ? Prefetcher(numbers, ahead: ahead, make: make) : nil
    }

    public mutating func next() -> Batch? {
      guard let number = numbers.popFirst() else { return nil }
      return prefetcher?.next() ?? make(number)
    }
  }
}
