/// The median time of a step, as the peers' script takes it: three calls to warm up, then calls for two seconds, at least
/// seven.
///
/// - Returns: milliseconds.
public func medianMilliseconds(seconds: Double = 2, warmUp: Int = 3, atLeast least: Int = 7, _ step: () -> Void)
  -> Double
{
  let clock = ContinuousClock()
  for _ in 0..<warmUp { step() }
  var times: [Duration] = []
  let end = clock.now + .seconds(seconds)
  while times.count < least || clock.now < end { times.append(clock.measure(step)) }
  times.sort()
  let middle = times.count / 2
  let median = times.count % 2 == 1 ? times[middle] : (times[middle - 1] + times[middle]) / 2
  return median / .milliseconds(1)
}
