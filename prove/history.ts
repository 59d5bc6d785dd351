/**
 * The time of an exchange in ms, on the prover's clock: from before its first byte was sent until its last was read.
 */
export interface Span {
  readonly begin: number
  readonly end: number
}

/** A write of a value that nothing else writes. `end` is infinite while nobody knows whether it happened. */
export interface Write extends Span {
  readonly value: string
}
export interface Read extends Span {
  readonly value: string
}

/**
 * Whether reads and writes of one register fit one order with all their times (Gibbons and Korach's zones). Each value
 * has a cluster: its write and its reads. f is the earliest end and s the latest start of a cluster. Its zone is
 * forward from f to s when f < s, otherwise backward from s to f. The order exists when no read ends before its write
 * begins, no two forward zones overlap, and no backward zone is within a forward one.
 * @returns what is impossible, in words; empty when nothing is
 */
export function registerFaults(writes: readonly Write[], reads: readonly Read[]): string[] {
  const faults: string[] = []
  const zones: { value: string; from: number; to: number; forward: boolean }[] = []
  const byValue = new Map<string, Read[]>()
  for (const read of reads) byValue.set(read.value, [...(byValue.get(read.value) ?? []), read])
  for (const value of byValue.keys())
    if (!writes.some((write) => write.value === value)) faults.push(`${value} was read and never written`)
  for (const write of writes) {
    const own = byValue.get(write.value) ?? []
    // A write that was neither seen nor acknowledged may not have happened.
    if (own.length === 0 && write.end === Infinity) continue
    if (own.some((read) => read.end < write.begin)) faults.push(`${write.value} was read before it was written`)
    const f = Math.min(write.end, ...own.map(({ end }) => end))
    const s = Math.max(write.begin, ...own.map(({ begin }) => begin))
    zones.push({ value: write.value, from: Math.min(f, s), to: Math.max(f, s), forward: f < s })
  }
  const forward = zones.filter((zone) => zone.forward).sort((one, other) => one.from - other.from)
  forward.forEach((zone, at) => {
    const next = forward[at + 1]
    if (next !== undefined && next.from < zone.to)
      faults.push(`${zone.value} was read again after ${next.value} had taken its place`)
  })
  for (const back of zones.filter((zone) => !zone.forward)) {
    const within = forward.find((zone) => zone.from < back.from && back.to < zone.to)
    if (within !== undefined) faults.push(`${within.value} was still read after ${back.value} had taken its place`)
  }
  return faults
}

/** A version number never goes back between two reads when one ended before the other began. */
export function monotonicFaults(reads: readonly (Span & { readonly version: number })[]): string[] {
  const byEnd = [...reads].sort((one, other) => one.end - other.end)
  const faults: string[] = []
  let at = 0
  let highest = -Infinity
  for (const read of [...reads].sort((one, other) => one.begin - other.begin)) {
    for (let earlier = byEnd[at]; earlier !== undefined && earlier.end < read.begin; earlier = byEnd[(at += 1)])
      highest = Math.max(highest, earlier.version)
    if (read.version < highest) faults.push(`version ${read.version} was read after version ${highest}`)
  }
  return faults
}

/** One thing that a request asked to make. */
export interface Creation extends Span {
  /** Known when it was acknowledged, or when the client named it. */
  readonly key: string | undefined
  readonly outcome: 'acknowledged' | 'refused' | 'unknown'
  /** The times of the request to remove or replace it, and of its acknowledgement. */
  removal?: Span
}

/** One reading of a list. */
export interface Listing extends Span {
  readonly keys: readonly string[]
}

/**
 * Acknowledged things are listed exactly once until they are removed, refused ones never, and nothing is listed without
 * a request. A creation without a known outcome may be listed once or not at all.
 */
export function listFaults(creations: readonly Creation[], listings: readonly Listing[]): string[] {
  const faults: string[] = []
  const byKey = new Map(
    creations.flatMap((creation) => (creation.key === undefined ? [] : [[creation.key, creation] as const])),
  )
  for (const listing of listings) {
    const shown = new Set(listing.keys)
    const twice = listing.keys.find((key, at) => listing.keys.indexOf(key) !== at)
    if (twice !== undefined) faults.push(`${twice} is listed twice`)
    const strangers = [...shown].filter((key) => !byKey.has(key)).length
    const possible = creations.filter(
      ({ key, outcome, begin }) => key === undefined && outcome === 'unknown' && begin < listing.end,
    ).length
    // The list may already hold a thing that was acknowledged later, under a key not known then: it is in byKey by now.
    if (strangers > possible)
      faults.push(`${strangers} listed that were never acknowledged, where ${possible} have an unknown outcome`)
    for (const [key, creation] of byKey) {
      const { outcome, removal } = creation
      if (
        outcome === 'acknowledged' &&
        creation.end < listing.begin &&
        !shown.has(key) &&
        (removal === undefined || removal.begin > listing.end)
      )
        faults.push(`${key} was acknowledged and is not listed`)
      if (outcome === 'refused' && shown.has(key)) faults.push(`${key} was refused and is listed`)
      if (shown.has(key) && creation.begin > listing.end) faults.push(`${key} is listed before it was asked for`)
      if (shown.has(key) && removal !== undefined && removal.end < listing.begin)
        faults.push(`${key} is listed after its removal was acknowledged`)
    }
  }
  return faults
}
