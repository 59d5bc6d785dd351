import { withoutStamp } from './without-stamp.ts'

/** A figure that is not what the project file recorded. */
export interface Difference {
  /** `analysis 1`, `plan "Threshold 50"`. */
  readonly of: string
  /** The label of the ward; null when the figure is of the whole. */
  readonly ward: string | null
  /** Which figure, as a path: `indicators/0/raw`. */
  readonly figure: string
  readonly recorded: string
  readonly recomputed: string
}

export interface Differences {
  /** The first of them. */
  readonly shown: readonly Difference[]
  /** How many there are in all. */
  readonly count: number
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

const LONGEST = 120
/** Deeper than any result; a file that goes deeper was not written by this service. */
const DEEPEST = 40

/**
 * Compares what a file recorded with what was computed from its data.
 * @param most how many differences are listed
 */
export function findDifferences(of: string, recorded: string, recomputed: string, most: number): Differences {
  const [before, after] = [withoutStamp(recorded), withoutStamp(recomputed)]
  if (before === after) return { shown: [], count: 0 }
  const list = new DifferenceList(of, most)
  const [read, made] = [parsed(before), parsed(after) ?? null]
  if (read === undefined) list.add(null, 'all of it', 'no JSON', 'a result')
  else if (JSON.stringify(read) === JSON.stringify(made)) return { shown: [], count: 0 }
  else list.compare(read, made, [], null, 0)
  // The same values in another order.
  if (list.count === 0) list.add(null, 'all of it', 'written in another way', 'as this release writes it')
  return { shown: list.shown, count: list.count }
}

function parsed(text: string): Json | undefined {
  try {
    // The stamp leaves names without a value behind.
    const whole = text.replaceAll(/("(?:createdAt|lockedAt|lockedBy|datasetVersion)":)(?=[,}])/g, '$1null')
    return JSON.parse(whole, (_, value: Json) => withoutSaid(value)) as Json
  } catch {
    return undefined
  }
}

/** A finding without the kinds of its texts: earlier releases recorded the texts alone, which say the same. */
function withoutSaid(value: Json): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const { said: _said, examplesSaid: _examplesSaid, ...rest } = value as Readonly<Record<string, Json>>
  return typeof rest['detail'] === 'string' ? rest : value
}

class DifferenceList {
  readonly shown: Difference[] = []
  count = 0
  readonly #of: string
  readonly #most: number

  constructor(of: string, most: number) {
    this.#of = of
    this.#most = most
  }

  add(ward: string | null, figure: string, recorded: string, recomputed: string): void {
    this.count += 1
    if (this.shown.length < this.#most) this.shown.push({ of: this.#of, ward, figure, recorded, recomputed })
  }

  compare(recorded: Json, recomputed: Json, path: readonly string[], ward: string | null, depth: number): void {
    if (recorded === recomputed) return
    const [before, after] = [membersOf(recorded), membersOf(recomputed)]
    if (before === null || after === null || depth > DEEPEST) {
      this.add(ward, path.join('/') || 'all of it', shown(recorded), shown(recomputed))
      return
    }
    for (const name of new Set([...before.keys(), ...after.keys()])) {
      const [one, other] = [before.get(name), after.get(name)]
      const label = textIn(other, 'wardName') ?? textIn(one, 'wardName')
      const next = label === null ? [...path, name] : []
      if (one === undefined || other === undefined)
        this.add(label ?? ward, next.join('/') || 'all of it', shown(one), shown(other))
      else this.compare(one, other, next, label ?? ward, depth + 1)
    }
  }
}

/**
 * The members of an object or a list. Items are told apart by their names, if they have any, and not by their places.
 */
function membersOf(value: Json): ReadonlyMap<string, Json> | null {
  if (typeof value !== 'object' || value === null) return null
  if (!Array.isArray(value)) return new Map(Object.entries(value))
  const items: readonly Json[] = value
  const names = items.map((item) => textIn(item, 'wardName') ?? textIn(item, 'name'))
  const areDistinct = !names.includes(null) && new Set(names).size === names.length
  return new Map(items.map((item, place) => [(areDistinct ? names[place] : null) ?? String(place), item]))
}

function textIn(value: Json | undefined, name: string): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const text = (value as Readonly<Record<string, Json>>)[name]
  return typeof text === 'string' ? text : null
}

function shown(value: Json | undefined): string {
  if (value === undefined) return 'nothing'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
