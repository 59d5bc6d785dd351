import { Fault } from '../fault.ts'
import type { FaultDetail } from '../fault.ts'
import { quoted } from '../quoted.ts'
import { say, type Said, type SaidValue } from '../said.ts'
import { FIELDS, fieldOf, type FieldName } from './fields.ts'
import { foldText, textFinder } from './match-text.ts'
import { median } from '../median.ts'
import { nearNames } from './near-names.ts'
import { oncePerColumn } from './once-per-column.ts'
import { meanOf, presentOf } from './statistics.ts'
import type { NumberColumn, TextColumn, ViewColumn } from './view-column.ts'
import { QUERY_LIMITS } from './query-limits.ts'
import type { WardView } from './ward-view.ts'

/** For so many unknown names and texts the nearest ones are looked for, since each is compared with all there are. */
const MOST_NEAR = 3

/** Finds what a query names, and collects what is wrong with it. */
export class NameReader {
  readonly errors: FaultDetail[] = []
  /** Finds texts of a column, as `textFinder` does. */
  readonly finder = oncePerColumn(textFinder)
  /** The texts of a column, each as `foldText` makes it. */
  readonly folded = oncePerColumn(({ values }: TextColumn) => values.map(foldText))
  /** The mean and the median of a column over all wards that have a value. */
  readonly mean = oncePerColumn(({ numbers }: NumberColumn) => meanOf(presentOf(numbers)))
  readonly median = oncePerColumn(({ numbers }: NumberColumn) => median(presentOf(numbers)))
  #near = 0
  #compared = 0
  readonly #view: WardView
  readonly #fields = new Map<FieldName, ViewColumn>()

  constructor(view: WardView) {
    this.#view = view
  }

  /** The fields of the analysis and the plan that were found. */
  get fields(): ReadonlyMap<FieldName, ViewColumn> {
    return this.#fields
  }

  refuse(pointer: string, said: Said): void {
    this.errors.push({ said, pointer })
  }

  /** Counts values that wards are compared with. False when there are too many, which is then an error. */
  compare(values: number, pointer: string): boolean {
    const isWithin = this.#compared <= QUERY_LIMITS.compared
    this.#compared += values
    if (this.#compared <= QUERY_LIMITS.compared) return true
    if (isWithin) this.refuse(pointer, say('too-many-compared', { most: QUERY_LIMITS.compared }))
    return false
  }

  /** Which of these names are most like one that is unknown, to follow what is said of it. */
  near(written: string, names: () => readonly string[]): Said | '' {
    this.#near += 1
    return this.#near > MOST_NEAR ? '' : say('near-it', { near: nearNames(written, names()) })
  }

  /** The column of this name; null if there is none, which is then an error. */
  column(name: string, pointer: string): ViewColumn | null {
    const found = this.#view.find(name)
    if (found.is === 'column') {
      if (found.field !== null) this.#fields.set(found.field, found.column)
      return found.column
    }
    this.refuse(pointer, whyNot(name, found.is === 'unknown' ? this.near(name, () => this.#view.names) : '', found))
    return null
  }

  /** The same for a column that must hold numbers. */
  numbers(name: string, pointer: string, use: SaidValue): NumberColumn | null {
    const column = this.column(name, pointer)
    if (column?.type !== 'text') return column
    this.refuse(pointer, say('text-needs-numbers', { column: quoted(name), use }))
    return null
  }

  /** @throws Fault `invalid-input` with everything that is wrong, when anything is */
  throwIfAny(summary: Said): void {
    const [first, ...others] = this.errors
    if (first !== undefined) throw new Fault('invalid-input', summary, { errors: [first, ...others] })
  }
}

function whyNot(name: string, near: SaidValue, found: ReturnType<WardView['find']>): Said {
  if (found.is === 'not kept') return say('texts-not-kept', { column: quoted(name) })
  if (found.is === 'not there') {
    const field = fieldOf(name)
    const label = field === null ? name : FIELDS[field].label
    return found.from === 'data'
      ? say('data-have-no', { label })
      : say('nothing-to-take-from', { source: found.from, name: quoted(name) })
  }
  return say('no-column-no-field', { name: quoted(name), near })
}
