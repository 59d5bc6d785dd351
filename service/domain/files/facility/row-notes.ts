import { say, type SaidKind } from '../../said.ts'
import { makeFinding, nameOf, type Example, type Finding, type FindingKind } from '../finding.ts'

const MOST_NAMED = 1_000
const EXAMPLES = 10

interface NotedKind {
  readonly kind: FindingKind
  readonly text: SaidKind
  readonly examples: number
}

/** What is said of rows and names, in the order in which it is said. */
const KINDS = {
  nameless: { kind: 'row-dropped', text: 'reports-nameless', examples: EXAMPLES },
  unknown: { kind: 'row-dropped', text: 'reports-of-unknown-ward', examples: EXAMPLES },
  summary: { kind: 'row-dropped', text: 'reports-summing-up', examples: EXAMPLES },
  area: { kind: 'row-dropped', text: 'reports-of-areas', examples: EXAMPLES },
  level: { kind: 'row-dropped', text: 'reports-of-other-levels', examples: EXAMPLES },
  element: { kind: 'row-dropped', text: 'reports-of-other-tests', examples: EXAMPLES },
  repeated: { kind: 'default-used', text: 'reports-repeated', examples: EXAMPLES },
  differing: { kind: 'default-used', text: 'reports-repeated-differing', examples: EXAMPLES },
  'same again': { kind: 'default-used', text: 'reports-repeated-without-period', examples: EXAMPLES },
  respelled: { kind: 'spelling-differs', text: 'wards-spelled-in-several-ways', examples: MOST_NAMED },
  'facility respelled': { kind: 'spelling-differs', text: 'facilities-spelled-in-several-ways', examples: EXAMPLES },
} as const satisfies Readonly<Record<string, NotedKind>>
export type RowNote = keyof typeof KINDS

/** Counts rows that were left out or merged, with the first few different examples of each kind. */
export class RowNotes {
  readonly #counts = new Map<RowNote, number>()
  /** By their texts, so that each is listed once. */
  readonly #examples = new Map<RowNote, Map<string, Example>>()

  /** `example` is not listed if it is empty. */
  add(note: RowNote, example: Example, count = 1): void {
    this.#counts.set(note, this.count(note) + count)
    const examples = this.#examples.get(note) ?? new Map<string, Example>()
    this.#examples.set(note, examples)
    if (example !== '' && examples.size < KINDS[note].examples) examples.set(nameOf(example), example)
  }

  count(note: RowNote): number {
    return this.#counts.get(note) ?? 0
  }

  examples(note: RowNote): readonly Example[] {
    return [...(this.#examples.get(note)?.values() ?? [])]
  }

  findings(): Finding[] {
    return Object.entries(KINDS).flatMap(([note, { kind, text }]): Finding[] => {
      const [count, examples] = [this.count(note as RowNote), this.examples(note as RowNote)]
      return count === 0 ? [] : [makeFinding(kind, say(text, {}), { count, ...(examples.length > 0 && { examples }) })]
    })
  }
}
