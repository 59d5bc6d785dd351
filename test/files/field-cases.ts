import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../../../shared/data/field-cases')

/** Whether the shared cases are beside this checkout. */
export const hasFieldCases = existsSync(join(root, 'must.json'))

type Cells = readonly (number | string | null)[]

/** What must come out of a case; see the README of the cases. */
export interface FieldCase {
  readonly rule: 'same' | 'reads' | 'same-or-ask' | 'ask-or-refuse' | 'caveat'
  readonly wards?: string
  readonly boundaries?: string
  readonly facilities?: string | readonly string[]
  readonly analysis?: Readonly<Record<string, unknown>>
  readonly positivity?: readonly Readonly<Record<string, string>>[]
  readonly plan?: { readonly totalNets: number }
  readonly ranks?: {
    readonly by?: readonly string[]
    readonly columns?: Readonly<Record<string, readonly number[]>>
    readonly change?: readonly (readonly [ward: string, column: string, value: number | null])[]
    /** Changes that hold as well, all of them or none. */
    readonly also?: readonly (readonly [ward: string, column: string, value: number | null])[]
    /** The labels of the wards that may be shown, `|` between them, where they are not the names of `base`. */
    readonly names?: readonly string[]
    /** Only the first so many wards of `base` are in the file. */
    readonly count?: number
  }
  readonly nets?: { readonly urban?: boolean }
  readonly tests?: { readonly baseline?: true; readonly tested?: number; readonly positives?: readonly number[] }
  readonly reading?: Readonly<Record<string, unknown>>
  readonly readingOf?: 'boundaries'
  readonly ask?: string
  readonly words?: string
  readonly about?: string
  readonly says?: string
  readonly caveatDoes?: true
  readonly onlyCandidates?: readonly string[]
  readonly pairs?: readonly (readonly [ward: string, boundary: string])[]
  readonly parts?: Readonly<Record<string, number>>
  readonly matched?: boolean
  readonly at?: readonly (number | readonly (number | null)[])[]
}

interface Must {
  readonly base: {
    readonly wards: readonly string[]
    readonly lgas: readonly string[]
    readonly columns: Readonly<Record<string, readonly number[]>>
    readonly inverse: readonly string[]
  }
  readonly cases: Readonly<Record<string, FieldCase>>
}

/** @throws Error where the shared cases are not beside this checkout */
export function readMust(): Must {
  return JSON.parse(readFileSync(join(root, 'must.json'), 'utf8')) as Must
}

/** A file of a case, by its path from the folder of the case or from that of all cases. */
export function caseFile(name: string, path: string): { filename: string; bytes: Buffer } {
  const own = join(root, name, path)
  return { filename: path.split('/').at(-1) ?? path, bytes: readFileSync(existsSync(own) ? own : join(root, path)) }
}

/** The clean table whose figures a case must have: its ranking is compared with that of the case. */
export interface TrueTable {
  readonly csv: string
  readonly indicators: readonly string[]
  readonly directions: Readonly<Record<string, 'direct' | 'inverse'>>
}

/** The tables that a case may stand for: as it says, and with what may differ. */
export function trueTables({ base }: Must, { ranks = {}, nets }: FieldCase): readonly TrueTable[] {
  const tables = [trueTable(base, ranks, ranks.change ?? [], nets?.urban !== false)]
  return ranks.also === undefined
    ? tables
    : [...tables, trueTable(base, ranks, [...(ranks.change ?? []), ...ranks.also], nets?.urban !== false)]
}

function trueTable(
  { wards, lgas, columns, inverse }: Must['base'],
  { by, columns: own, count = wards.length }: NonNullable<FieldCase['ranks']>,
  change: readonly (readonly [string, string, number | null])[],
  hasUrban: boolean,
): TrueTable {
  const changed = new Map(change.map(([ward, column, value]) => [`${ward} ${column}`, value]))
  const all: Readonly<Record<string, readonly number[]>> = { ...columns, ...own }
  const names = Object.keys(all).filter((name) => hasUrban || name !== 'UrbanPercent')
  const rows = wards.slice(0, count).map((ward, row): Cells => {
    const values = names.map((name) => {
      const key = `${ward} ${name}`
      return changed.has(key) ? (changed.get(key) ?? null) : (all[name]?.[row] ?? null)
    })
    return [ward, lgas[row] ?? '', ...values]
  })
  const header = ['WardName', 'LGA', ...names.map((name) => `"${name}"`)]
  const indicators = own === undefined ? (by ?? Object.keys(columns).slice(0, 4)) : Object.keys(own)
  return {
    csv: [header, ...rows.map((cells) => cells.map((cell) => cell ?? ''))].map((cells) => cells.join(',')).join('\n'),
    indicators,
    directions: Object.fromEntries(indicators.map((name) => [name, inverse.includes(name) ? 'inverse' : 'direct'])),
  }
}
