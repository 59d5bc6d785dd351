import type { Finding } from '../finding.ts'

const MOST_NAMED = 1_000
const EXAMPLES = 10

interface NotedKind {
  readonly kind: Finding['kind']
  readonly detail: string
  readonly examples: number
}

/** What is said of rows and names, in the order in which it is said. */
const KINDS = {
  nameless: { kind: 'row-dropped', detail: 'Rows without a ward or a facility were left out.', examples: EXAMPLES },
  unknown: {
    kind: 'row-dropped',
    detail: 'Rows whose ward is not known were left out: such a name is no ward.',
    examples: EXAMPLES,
  },
  summary: {
    kind: 'row-dropped',
    detail:
      'Rows that sum up others (called Total, Average and the like) were left out: they are not wards or facilities.',
    examples: EXAMPLES,
  },
  area: {
    kind: 'row-dropped',
    detail: 'Rows of an LGA or a state were left out: the ward is its own LGA or state.',
    examples: EXAMPLES,
  },
  level: { kind: 'row-dropped', detail: 'Rows of facilities of other levels were left out.', examples: EXAMPLES },
  element: {
    kind: 'row-dropped',
    detail: 'Rows that count something else than the chosen tests were left out.',
    examples: EXAMPLES,
  },
  repeated: {
    kind: 'default-used',
    detail: 'Rows that repeat a facility and a period with the same counts were counted once.',
    examples: EXAMPLES,
  },
  differing: {
    kind: 'default-used',
    detail: 'Rows repeat a facility and a period with other counts.',
    examples: EXAMPLES,
  },
  'same again': {
    kind: 'default-used',
    detail: 'Rows without a period repeat a facility with the same counts.',
    examples: EXAMPLES,
  },
  respelled: {
    kind: 'spelling-differs',
    detail: 'Wards that the facility table spells in several ways were taken as one.',
    examples: MOST_NAMED,
  },
  'facility respelled': {
    kind: 'spelling-differs',
    detail: 'Facilities that differ only in capitals or spaces were taken as the same facility.',
    examples: EXAMPLES,
  },
} as const satisfies Readonly<Record<string, NotedKind>>
export type RowNote = keyof typeof KINDS

/** Counts rows that were left out or merged, with the first few different examples of each kind. */
export class RowNotes {
  readonly #counts = new Map<RowNote, number>()
  readonly #examples = new Map<RowNote, Set<string>>()

  /** `example` is not listed if it is empty. */
  add(note: RowNote, example: string, count = 1): void {
    this.#counts.set(note, this.count(note) + count)
    const examples = this.#examples.get(note)
    if (examples === undefined) this.#examples.set(note, new Set(example === '' ? [] : [example]))
    else if (example !== '' && examples.size < KINDS[note].examples) examples.add(example)
  }

  count(note: RowNote): number {
    return this.#counts.get(note) ?? 0
  }

  examples(note: RowNote): readonly string[] {
    return [...(this.#examples.get(note) ?? [])]
  }

  findings(): Finding[] {
    return Object.entries(KINDS).flatMap(([note, { kind, detail }]): Finding[] => {
      const [count, examples] = [this.count(note as RowNote), this.examples(note as RowNote)]
      return count === 0 ? [] : [{ kind, detail, count, ...(examples.length > 0 && { examples }) }]
    })
  }
}
