import type { Outcome } from '../outcome.ts'
import type { AnalysisRecord } from '../person.ts'
import { pick, type Operation, type Request, type Tab } from '../world.ts'

export type Rows = readonly (readonly (string | number | null)[])[]

/** The reply to a query or a chart. */
export interface QueryReply {
  readonly rows: Rows
  readonly table?: { readonly rows: Rows }
  readonly svg?: string
}

type Ask = (
  tab: Tab,
  operation: Pick<Operation, 'name' | 'route'>,
  known: AnalysisRecord,
  request: Request,
  wrongIn: (reply: QueryReply) => string | null,
) => Promise<Outcome>

interface Ward {
  readonly name: string
  readonly lga: string
  readonly people: number
  readonly rank: number
}

/** A query with the wards that must be its rows, in their order. */
interface Asked {
  readonly name: string
  readonly query: object
  readonly expected: (wards: readonly Ward[]) => readonly Ward[]
}

const LIST = { select: ['ward'], orderBy: [{ by: 'ward', direction: 'ascending' }], limit: 500 } as const
const ASKED: readonly Asked[] = [
  {
    name: 'ask for the first wards of each LGA',
    query: {
      select: ['ward'],
      orderBy: [{ by: 'population', direction: 'descending' }],
      each: { column: 'lga', rows: 2 },
    },
    expected: (wards) =>
      [...new Set(wards.map(({ lga }) => lga))].sort().flatMap((lga) =>
        inLga(wards, lga)
          .sort((one, other) => other.people - one.people)
          .slice(0, 2),
      ),
  },
  {
    name: 'ask for wards above their LGA',
    query: { ...LIST, where: [{ column: 'population', op: '>', value: { figure: 'mean', by: 'lga' } }] },
    expected: (wards) => wards.filter(({ lga, people }) => people > meanOf(inLga(wards, lga))),
  },
  {
    name: 'ask for wards by either of two columns',
    query: {
      ...LIST,
      where: [{ column: 'population', op: '>=', value: 40_000, or: [{ column: 'rank', op: '<=', value: 2 }] }],
    },
    expected: (wards) => wards.filter(({ people, rank }) => people >= 40_000 || rank <= 2),
  },
  {
    name: 'ask for wards by a figure of their LGA',
    query: {
      ...LIST,
      where: [{ column: 'population', of: { figure: 'sum', by: 'lga' }, op: '>', value: 120_000 }],
    },
    expected: (wards) => wards.filter(({ lga }) => totalOf(inLga(wards, lga)) > 120_000),
  },
  {
    name: 'ask for the first part of the wards',
    query: { select: ['ward'], orderBy: [{ by: 'rank', direction: 'ascending' }], percent: 25, limit: 500 },
    expected: (wards) => [...wards].sort((one, other) => one.rank - other.rank).slice(0, Math.ceil(wards.length / 4)),
  },
  {
    name: 'ask for LGAs by how many of their wards are first',
    query: {
      where: [{ column: 'rank', op: '<=', value: 6 }],
      groupBy: ['lga'],
      measures: [{ measure: 'count' }],
      having: [{ by: 'count', op: '>=', value: 2 }],
    },
    expected: (wards) =>
      lgasOf(wards.filter(({ rank }) => rank <= 6))
        .filter((first) => first.length >= 2)
        .flatMap(([ward]) => (ward === undefined ? [] : { ...ward, name: ward.lga })),
  },
]

/** Queries that compare wards with their group, or with either of two columns, worked out again from the data. */
export function groupQueries(query: Pick<Operation, 'route'>, askKnown: Ask): Operation[] {
  return ASKED.map(({ name, query: body, expected }) => ({
    ...query,
    name,
    weight: 1,
    async run(tab) {
      const known = pick(tab.random, tab.era.analyses)
      if (known === undefined) return 'skipped'
      const wards = wardsOf(known)
      const names = expected(wards).map((ward) => ward.name)
      const isOrdered = 'each' in body
      return await askKnown(
        tab,
        { ...query, name },
        known,
        { address: '/api/query', body: { ...body, analysisId: known.id } },
        ({ rows }) => {
          const shown = rows.map(([ward]) => String(ward))
          const areSame = isOrdered
            ? shown.join() === names.join()
            : shown.toSorted().join() === names.toSorted().join()
          return areSame ? null : `${String(shown.length)} wards where ${String(names.length)} follow from the data`
        },
      )
    },
  }))
}

/** The wards of each LGA together. */
function lgasOf(wards: readonly Ward[]): readonly (readonly Ward[])[] {
  return [...new Set(wards.map(({ lga }) => lga))].map((lga) => inLga(wards, lga))
}

function wardsOf({ edition }: AnalysisRecord): readonly Ward[] {
  const rankOf = new Map(edition.ranking.map(({ wardName, rank }) => [wardName, rank]))
  return edition.wardNames.map((name, at) => ({
    name,
    lga: edition.lgas[at % edition.lgas.length] ?? '',
    people: edition.populations.get(name) ?? NaN,
    rank: rankOf.get(name) ?? NaN,
  }))
}

function inLga(wards: readonly Ward[], lga: string): Ward[] {
  return wards.filter((ward) => ward.lga === lga)
}

function totalOf(wards: readonly Ward[]): number {
  return wards.reduce((sum, { people }) => sum + people, 0)
}

function meanOf(wards: readonly Ward[]): number {
  return totalOf(wards) / wards.length
}
