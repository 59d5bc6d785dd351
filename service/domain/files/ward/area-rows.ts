import { plainForm, stateForm } from '../area-key.ts'
import { makeFinding } from '../finding.ts'
import { areaForm } from '../normal-form.ts'
import { makeQuestion, questionId } from '../reading/question.ts'
import { say, type Said } from '../../said.ts'
import { AreaBlock, type AreaEvidence } from './area-evidence.ts'
import { contiguousRows } from './contiguous-rows.ts'
import { namesArea } from './area-names.ts'
import { knownAreas } from './drop-by-name.ts'
import type { Inquiry } from '../reading/inquiry.ts'
import { scaleOf, type ColumnScale } from './column-scale.ts'
import { isSummaryName } from '../summary-row.ts'
import { isRestName } from './no-place-names.ts'
import { dropRows } from './raw-table.ts'
import { cellsOf, namesOf, rowSaid, rowsByKey, valueColumns, type RoledColumn, type Rows } from './roled-table.ts'
import { seemsAverage, seemsSum } from './seems-area.ts'

/** A row called as its area is one from this weight on: one ward of a hundred is so by accident. */
const CERTAIN_IF_NAMED = 2
/** The same of a row with any name, once the number of rows that were looked at is allowed for. */
const CERTAIN = 5
const ASKED = 2
/** From this share on of LGAs with a row of their own name, such rows are part of the layout. */
const MOST_LGAS = 0.6
/** A row of any name that agrees in every column, and in so many. By accident, one table in ten has such a row. */
const FEWEST_OF_WHOLE = 3
const ASKED_OF_WHOLE = 1
const FEWEST_ROWS = 3
/** Where more rows are called as areas, the table may rank areas. */
const MOST_CALLED_AREAS = 0.5
/** From this share on, a column is filled as a rule, and a row without it is an exception. */
const AS_A_RULE = 0.75
/** LGAs, states and the country, one after the other. */
const MOST_LEVELS = 3
const MOST_EXAMPLES = 50
const MOST_NAMED = 10

interface Found {
  /** Why the row is no ward, or may be none, in words that follow its name. */
  readonly why: Said
  readonly isCertain: boolean
}

/**
 * Leaves out the rows that sum up or average others, whatever their names are: areas among wards. Certain ones are
 * listed; for the others the person is asked. A ward that is called as its LGA stays if its values are like others'.
 */
export function dropAreaRows(rows: Rows, inquiry: Inquiry): Rows {
  const found = findAreaRows(rows)
  const certain = [...found].filter(([, { isCertain }]) => isCertain)
  const open = [...found].filter(([, { isCertain }]) => !isCertain).sort(([one], [other]) => one - other)
  if (certain.length > 0)
    inquiry.note(
      makeFinding('row-dropped', say('rows-of-areas', {}), {
        count: certain.length,
        examples: certain
          .slice(0, MOST_EXAMPLES)
          .map(([row, { why }]) => say('row-because', { row: rowSaid(rows, row), why })),
      }),
    )
  const dropped = new Set(certain.map(([row]) => row))
  if (open.length > 0 && askAbout(rows, open, inquiry)) for (const [row] of open) dropped.add(row)
  return dropRows(rows, dropped)
}

/** Whether the person wants the rows to be left out. */
function askAbout(rows: Rows, open: readonly (readonly [number, Found])[], inquiry: Inquiry): boolean {
  const named = open.slice(0, MOST_NAMED).map(([row, { why }]) => say('row-because', { row: rowSaid(rows, row), why }))
  const rest = open.length - named.length
  const answer = inquiry.ask(
    makeQuestion({
      id: questionId('rows-no-wards', ...open.slice(0, MOST_NAMED).map(([row]) => namesOf(rows)[row] ?? '')),
      kind: 'rows-no-wards',
      said: say('rows-no-wards', {
        rows: named,
        more: rest > 0 ? say('and-more-after-semicolon', { count: rest }) : '',
      }),
      options: [
        { value: 'leave-out', said: say('are-no-wards', {}) },
        { value: 'keep', said: say('are-wards', {}) },
      ],
      affects: 'ranking',
      columns: [],
    }),
  )
  return answer === 'leave-out'
}

function findAreaRows(rows: Rows): ReadonlyMap<number, Found> {
  const columns = valueColumns(rows).filter(({ numbers }) => numbers.some((value) => !Number.isNaN(value)))
  const scale = scaleOf(columns)
  const places = placesOf(rows)
  const names = namesOf(rows)
  const found = new Map<number, Found>()
  const count = rows.lines.length
  const judge = (row: number, evidence: AreaEvidence, of: Said): void => {
    const isNamed = places.isCalledAsArea(row) || places.lacksKeys(row) || isSummaryName(names[row] ?? '')
    const weight = isNamed ? evidence.weight : evidence.weight - Math.log10(3 * count)
    // Where all columns agree, less is enough: in a small table no chance is small.
    const isWhole = evidence.isWhole && (isNamed || (evidence.telling >= FEWEST_OF_WHOLE && weight >= ASKED_OF_WHOLE))
    const isAsked = isWhole || (!isNamed && weight >= ASKED)
    const isCertain = weight >= (isNamed ? CERTAIN_IF_NAMED : CERTAIN)
    if (!isCertain && !isAsked) return
    const isSum = evidence.sums.length > 0 ? say('is-sum', { of, ...namedColumns(evidence.sums) }) : null
    const isMean = evidence.means.length > 0 ? say('is-mean', { of, ...namedColumns(evidence.means) }) : null
    const isBoth = isSum === null || isMean === null ? null : say('both', { one: isSum, other: isMean })
    found.set(row, { why: isBoth ?? isSum ?? isMean ?? say('says-the-same', { of }), isCertain })
  }
  const look = (keys: readonly (string | null)[], of: Said): void => {
    const free = [...rows.lines.keys()].filter((row) => !found.has(row))
    const members = Map.groupBy(free, (row) => keys[row] ?? null)
    const judged: [number, AreaEvidence][] = []
    for (const [key, block] of members) {
      if (key === null || block.length < FEWEST_ROWS) continue
      const sums = new AreaBlock(block, columns, scale)
      for (const row of block) judged.push([row, sums.evidenceFor(row, true)])
    }
    for (const [row, evidence] of judged) judge(row, evidence, of)
  }
  look(places.lgaBlocks, say('rest-of-lga', {}))
  look(places.stateBlocks, say('rest-of-state', {}))
  look(places.allBlocks, say('all-other-rows', {}))
  for (const [row, block] of neighbouringBlocks(places.lgaBlocks, found))
    judge(row, new AreaBlock(block, columns, scale).evidenceFor(row, false), say('lga-beside', {}))
  // Among wards with an LGA, a row without one may be a state, or the country.
  const isTried = (row: number): boolean => !places.hasLga || places.isWithoutLga(row)
  for (let [level, before] = [0, -1]; level < MOST_LEVELS && found.size > before; level += 1) {
    before = found.size
    for (const [row, evidence, of] of contiguousRows(columns, count, isTried, found, scale)) judge(row, evidence, of)
    // A total is known once the areas among its rows are.
    if (found.size > 0) look(places.allBlocks, say('all-other-rows', {}))
  }
  judgeByName(rows, places, columns, scale, found)
  return found
}

/** The rows without an LGA among rows that have one, with the rows of the LGA directly above and below each. */
function neighbouringBlocks(
  blocks: readonly (string | null)[],
  found: ReadonlyMap<number, unknown>,
): readonly (readonly [number, readonly number[]])[] {
  const members = Map.groupBy(
    [...blocks.keys()].filter((row) => !found.has(row)),
    (row) => blocks[row] ?? null,
  )
  return (members.get(null) ?? []).flatMap((row) => {
    const beside = new Set([blocks[row - 1] ?? null, blocks[row + 1] ?? null])
    return [...beside].flatMap((key): [number, readonly number[]][] => {
      const block = key === null ? [] : (members.get(key) ?? [])
      return block.length < FEWEST_ROWS - 1 ? [] : [[row, block]]
    })
  })
}

/** Adds the rows that no sum proves: called as their area and without a code, or as large as one. */
function judgeByName(
  rows: Rows,
  places: Places,
  columns: readonly RoledColumn[],
  scale: ColumnScale,
  found: Map<number, Found>,
): void {
  const names = namesOf(rows)
  const named = [...rows.lines.keys()].filter((row) => !found.has(row) && places.isCalledAsArea(row))
  const blocks = Map.groupBy(rows.lines.keys(), (row) => places.lgaBlocks[row] ?? null)
  const ownOf = Map.groupBy(named, (row) => places.lgaBlocks[row] ?? null)
  const withOwn = [...blocks].filter(
    ([key, block]) => key !== null && block.length >= FEWEST_ROWS && block.some((row) => places.isCalledAsArea(row)),
  )
  const large = [...blocks].filter(([key, block]) => key !== null && block.length >= FEWEST_ROWS)
  const isLayout = large.length >= 2 && withOwn.length >= MOST_LGAS * large.length
  for (const row of named) {
    // An area has one row. Several rows of one name are duplicates.
    if ((ownOf.get(places.lgaBlocks[row] ?? null)?.length ?? 0) > 1) continue
    const block = (blocks.get(places.lgaBlocks[row] ?? null) ?? []).filter((one) => one === row || !found.has(one))
    if (places.lacksKeys(row)) found.set(row, { why: say('called-area-without-keys', {}), isCertain: true })
    else if (places.isWithoutLga(row)) found.set(row, { why: say('called-lga-without-lga', {}), isCertain: false })
    else if (saysTheSame(row, block, columns))
      found.set(row, { why: say('called-lga-says-same', {}), isCertain: false })
    else if (isLayout) found.set(row, { why: say('called-lga-as-most', {}), isCertain: false })
    else if (seemsSum(row, block, columns, scale))
      found.set(row, { why: say('called-lga-as-large', {}), isCertain: false })
    else if (seemsAverage(row, block, columns, scale))
      found.set(row, { why: say('called-lga-near-mean', {}), isCertain: false })
  }
  const called = [...rows.lines.keys()].filter((row) => places.isWithoutLga(row) && namesArea(names[row] ?? ''))
  const asAreas = new Set(called.length <= MOST_CALLED_AREAS * rows.lines.length ? called : [])
  const hasNameAlone = places.withNameAlone(found)
  for (const row of rows.lines.keys()) {
    if (found.has(row)) continue
    if (asAreas.has(row)) found.set(row, { why: say('called-area', {}), isCertain: false })
    else if (isRestName(names[row] ?? '')) found.set(row, { why: say('may-gather-rest', {}), isCertain: false })
    else if (hasNameAlone(row)) found.set(row, { why: say('lacks-keys', {}), isCertain: false })
  }
}

/** Whether the block has one other row, with the same values: the sum of one ward is that ward. */
function saysTheSame(row: number, block: readonly number[], columns: readonly RoledColumn[]): boolean {
  const [other, ...more] = block.filter((one) => one !== row)
  if (other === undefined || more.length > 0) return false
  return columns.every(({ numbers }) => Object.is(numbers[row], numbers[other]))
}

interface Places {
  readonly hasLga: boolean
  /** The block of each row: the rows of its LGA, of its state, of its period. Null if it is in none. */
  readonly lgaBlocks: readonly (string | null)[]
  readonly stateBlocks: readonly (string | null)[]
  readonly allBlocks: readonly string[]
  readonly isCalledAsArea: (row: number) => boolean
  /** Whether a row has no LGA in a table that names LGAs. */
  readonly isWithoutLga: (row: number) => boolean
  /** Whether a row lacks a code or an LGA that most others have. */
  readonly lacksKeys: (row: number) => boolean
  /**
   * Whether a row lacks what most others have: a code, an LGA, or both where both are there. Rows that were found to be
   * areas are not counted.
   */
  readonly withNameAlone: (found: ReadonlyMap<number, unknown>) => (row: number) => boolean
}

function placesOf(rows: Rows): Places {
  const names = namesOf(rows)
  const lgas = cellsOf(rows, 'lga').map(areaForm)
  const states = withOnlyStates(lgas, cellsOf(rows, 'state').map(stateForm))
  const periods = rows.lines.map((_, row) =>
    rows.columns
      .filter(({ role }) => role === 'period')
      .map((column) => String(column.texts?.codes[row] ?? column.numbers[row]))
      .join(' '),
  )
  const known = knownAreas(rows)
  const isWard = names.map((name) => /\bward\b/.test(plainForm(name)))
  // A row without an LGA that is called as one belongs to that LGA.
  const ownLga = lgas.map((lga, row) => {
    const form = areaForm(names[row] ?? '')
    return lga === '' && known.lgas.has(form) ? form : lga
  })
  const called = names.map((name, row) => {
    if (isWard[row] === true) return false
    const [asLga, asState] = [areaForm(name), stateForm(name)]
    return (asLga !== '' && asLga === ownLga[row]) || (asState !== '' && asState === states[row] && lgas[row] === '')
  })
  const forms = names.map(plainForm)
  const rowsOf = rowsByKey(forms)
  const keys = (['ward code', 'lga'] as const).map((role) => cellsOf(rows, role))
  const filledAsARule = (found: ReadonlyMap<number, unknown>): readonly (readonly string[])[] =>
    keys.filter((cells) => {
      const counted = cells.filter((_, row) => !found.has(row))
      const filled = counted.filter((cell) => cell !== '').length
      // One row may always be the exception: the total of a table of two wards.
      return filled > 0 && filled >= AS_A_RULE * (counted.length - 1)
    })
  const rules = filledAsARule(new Map())
  return {
    hasLga: lgas.some((lga) => lga !== ''),
    lgaBlocks: ownLga.map((lga, row) => (lga === '' ? null : JSON.stringify([periods[row], states[row], lga]))),
    stateBlocks: states.map((state, row) => (state === '' ? null : JSON.stringify([periods[row], state]))),
    allBlocks: periods,
    isCalledAsArea: (row) => called[row] === true,
    isWithoutLga: (row) => lgas[row] === '',
    lacksKeys: (row) => rules.some((cells) => cells[row] === ''),
    withNameAlone: (found) => {
      const filled = filledAsARule(found)
      // Another row of the name may be the same ward.
      return (row) =>
        filled.length > 0 && filled.every((cells) => cells[row] === '') && rowsOf.get(forms[row] ?? '')?.length === 1
    },
  }
}

/** The states of the rows; where none is given, that of the LGA, if it lies in one state only. */
function withOnlyStates(lgas: readonly string[], states: readonly string[]): readonly string[] {
  const statesOf = new Map<string, Set<string>>()
  lgas.forEach((lga, row) => {
    const state = states[row] ?? ''
    if (lga !== '' && state !== '') statesOf.set(lga, (statesOf.get(lga) ?? new Set()).add(state))
  })
  return states.map((state, row) => {
    const only = statesOf.get(lgas[row] ?? '')
    return state === '' && only?.size === 1 ? ([...only][0] ?? '') : state
  })
}

function namedColumns(names: readonly string[]) {
  const rest = names.length - 3
  return {
    columns: names.slice(0, 3).map((name) => `"${name.slice(0, 40)}"`),
    more: rest > 0 ? say('and-more-columns', { count: rest }) : '',
  } as const
}
