/** Buckets of up to so many scores are sorted by insertion, which is faster there than the sort of arrays. */
const FEW = 24

/** Ranks scores: 1 + the number of greater ones. Minus infinity comes after all others. */
export type ScoreRanker = (scores: Float64Array, ranks: Uint16Array) => void

/**
 * Makes a ranker for so many scores, with room that is used again in each draw. Scores are divided into as many buckets
 * of equal width as there are scores, from the greatest on, and sorted in each: most buckets hold one or two, and a
 * draw costs hardly more than its wards. However scores lie, it costs no more than sorting them all.
 */
export function scoreRanker(count: number): ScoreRanker {
  // Where each bucket begins, moved on by one place.
  const begins = new Uint32Array(count + 3)
  const buckets = new Uint32Array(count)
  const sorted = new Float64Array(count)
  return (scores, ranks) => {
    const bucketOf = bucketsOf(scores)
    begins.fill(0)
    for (let at = 0; at < count; at += 1) {
      const bucket = bucketOf(scores[at] ?? 0)
      buckets[at] = bucket
      begins[bucket + 1] = (begins[bucket + 1] ?? 0) + 1
    }
    // Now each holds where the next bucket begins.
    for (let bucket = 1; bucket < begins.length; bucket += 1)
      begins[bucket] = (begins[bucket] ?? 0) + (begins[bucket - 1] ?? 0)
    // Filled from the end, after which each holds where its own bucket begins.
    for (let at = 0; at < count; at += 1) {
      const end = (begins[(buckets[at] ?? 0) + 1] ?? 0) - 1
      begins[(buckets[at] ?? 0) + 1] = end
      sorted[end] = scores[at] ?? 0
    }
    for (let bucket = 0; bucket <= count; bucket += 1)
      sortPart(sorted, begins[bucket + 1] ?? 0, begins[bucket + 2] ?? count)
    for (let at = 0; at < count; at += 1) {
      const bucket = buckets[at] ?? 0
      const end = begins[bucket + 2] ?? count
      // Ascending within the bucket: those behind the last equal one are greater.
      ranks[at] =
        1 + (begins[bucket + 1] ?? 0) + end - firstGreater(sorted, begins[bucket + 1] ?? 0, end, scores[at] ?? 0)
    }
  }
}

/** The bucket of a score: 0 for the greatest, the number of scores for minus infinity. */
function bucketsOf(scores: Float64Array): (score: number) => number {
  let [least, greatest] = [Infinity, -Infinity]
  for (const score of scores) {
    if (score > greatest) greatest = score
    if (score < least && score !== -Infinity) least = score
  }
  const width = greatest > least ? (scores.length - 1) / (greatest - least) : 0
  // Of a range that no double can divide, all are in one bucket.
  const scale = Number.isFinite(width) ? width : 0
  return (score) => (score === -Infinity ? scores.length : Math.floor((greatest - score) * scale))
}

/** Sorts a part of an array, ascending. */
function sortPart(values: Float64Array, begin: number, end: number): void {
  if (end - begin > FEW) {
    values.subarray(begin, end).sort()
    return
  }
  for (let at = begin + 1; at < end; at += 1) {
    const value = values[at] ?? 0
    let to = at
    while (to > begin && (values[to - 1] ?? 0) > value) {
      values[to] = values[to - 1] ?? 0
      to -= 1
    }
    values[to] = value
  }
}

/** The place of the first of these ascending values that is greater; the end if none is. */
function firstGreater(values: Float64Array, begin: number, end: number, than: number): number {
  let [low, high] = [begin, end]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((values[middle] ?? 0) <= than) low = middle + 1
    else high = middle
  }
  return low
}
