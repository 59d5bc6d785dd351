/**
 * The similarity of two names by Ratcliff and Obershelp, 0 to 1: twice the number of matching characters over the
 * number of all characters. The longest common run matches, then the longest common runs to its left and to its right,
 * and so on. The figure equals Python's difflib.SequenceMatcher(None, a, b).ratio() for names under 200 characters.
 */
export function nameSimilarity(a: string, b: string): number {
  const left = Array.from(a)
  const right = Array.from(b)
  const length = left.length + right.length
  return length === 0 ? 1 : (2 * matchingCharacters(left, right)) / length
}

function matchingCharacters(a: readonly string[], b: readonly string[]): number {
  const places = new Map<string, number[]>()
  b.forEach((character, place) => {
    const known = places.get(character)
    if (known === undefined) places.set(character, [place])
    else known.push(place)
  })
  let matching = 0
  const spans: [number, number, number, number][] = [[0, a.length, 0, b.length]]
  for (let span = spans.pop(); span !== undefined; span = spans.pop()) {
    const [aStart, aEnd, bStart, bEnd] = span
    const run = longestRun(a, places, span)
    if (run.length === 0) continue
    matching += run.length
    spans.push([aStart, run.a, bStart, run.b], [run.a + run.length, aEnd, run.b + run.length, bEnd])
  }
  return matching
}

/** Finds the longest common run within the span; of several, the one that begins first in `a`, then first in `b`. */
function longestRun(
  a: readonly string[],
  placesInB: ReadonlyMap<string, readonly number[]>,
  [aStart, aEnd, bStart, bEnd]: readonly [number, number, number, number],
): { a: number; b: number; length: number } {
  let best = { a: aStart, b: bStart, length: 0 }
  // The length of the run that ends at place j of `b` is at j + 1, so that index bStart stands for no run.
  let [before, ending] = [new Int32Array(bEnd + 1), new Int32Array(bEnd + 1)]
  for (let i = aStart; i < aEnd; i += 1) {
    ending.fill(0)
    for (const j of placesInB.get(a[i] ?? '') ?? []) {
      if (j < bStart) continue
      if (j >= bEnd) break
      const length = (before[j] ?? 0) + 1
      ending[j + 1] = length
      if (length > best.length) best = { a: i - length + 1, b: j - length + 1, length }
    }
    ;[before, ending] = [ending, before]
  }
  return best
}

/** An upper bound of the similarity that needs no search: the share of characters that two names share in any order. */
export function similarityBound(
  a: ReadonlyMap<string, number>,
  b: ReadonlyMap<string, number>,
  length: number,
): number {
  let shared = 0
  for (const [character, count] of a) shared += Math.min(count, b.get(character) ?? 0)
  return length === 0 ? 1 : (2 * shared) / length
}

/** Counts how often each character occurs. */
export function characterCounts(name: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const character of name) counts.set(character, (counts.get(character) ?? 0) + 1)
  return counts
}
