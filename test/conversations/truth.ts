import type { Person } from '../support/client.ts'

// What conversations must say, worked out from the cells of the file and the ranking of the API, apart from the chat.

export interface Ward {
  readonly code: string
  readonly name: string
  /** The name, with the code where the name repeats. */
  readonly label: string
  readonly lga: string
  readonly people: number
  readonly urban: number
  readonly cells: Readonly<Record<string, number>>
  readonly rank: number
  readonly score: number
  readonly tier: string
}

/** These wards with their places in the newest analysis, as the API gives them, in the order of the ranking. */
export async function ranked(
  who: Person,
  wards: readonly Omit<Ward, 'rank' | 'score' | 'tier'>[],
): Promise<readonly Ward[]> {
  const [newest] = (await who.get('/api/analyses')).json<{ analyses: { id: string }[] }>().analyses
  const { analysis } = (await who.get(`/api/analyses/${newest?.id ?? ''}`)).json<{
    analysis: { wards: { wardCode: string; rank: number; score: number; tier: string }[] }
  }>()
  return analysis.wards.map(({ wardCode, rank, score, tier }) => {
    const own = wards.find(({ code }) => code === wardCode)
    if (own === undefined) throw new Error(`${wardCode} is not in the file`)
    return { ...own, rank, score, tier }
  })
}

export interface Planned {
  readonly ward: Ward
  readonly need: number
  readonly nets: number
  readonly covered: number
}

/** A plan worked out by hand: wards below the threshold by rank, then the others, each in full until the stock ends. */
export function planOf(
  wards: readonly Ward[],
  stock: number,
  { threshold = 75, needOf = perPerson }: { threshold?: number; needOf?: (people: number) => number } = {},
): readonly Planned[] {
  const order = [...wards].sort(
    (one, other) => Number(one.urban >= threshold) - Number(other.urban >= threshold) || one.rank - other.rank,
  )
  let left = stock
  return order.map((ward) => {
    const need = needOf(ward.people)
    const nets = Math.min(need, left)
    left -= nets
    return { ward, need, nets, covered: Math.min(ward.people, nets * 1.8) }
  })
}

/** One net for 1.8 people. */
export function perPerson(people: number): number {
  return Math.ceil((people * 10) / 18)
}

/** Half as many nets as a household has people, rounded up. */
export function byHouseholds(size: number): (people: number) => number {
  return (people) => Math.ceil(people / size) * Math.ceil(size / 2)
}

export function total<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0)
}

export function labels(wards: readonly Ward[]): readonly string[] {
  return wards.map(({ label }) => label)
}

export function inOrder(wards: readonly Ward[], of: (ward: Ward) => number): readonly Ward[] {
  return [...wards].sort((one, other) => of(other) - of(one))
}
