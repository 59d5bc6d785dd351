import { Fault } from '../../fault.ts'
import { quoted } from '../../quoted.ts'
import { makeFinding, type Finding } from '../finding.ts'
import { unreadable } from '../unreadable.ts'
import { listedNames, say } from '../../said.ts'
import type { ReadingChoices } from '../reading/choices.ts'
import { makeQuestion, questionId, type Question } from '../reading/question.ts'
import { findHeader, headOf, type FoundHeader } from './find-header.ts'
import type { TableSheet, TableSource } from './table-source.ts'

const MOST_EXAMPLES = 100

/** The sheet to read, and what was decided about the others. */
export interface ChosenSheet {
  readonly sheet: TableSheet
  /** The names of all sheets that hold anything. */
  readonly names: readonly string[]
  readonly questions: readonly Question[]
  readonly findings: readonly Finding[]
}

interface Candidate {
  readonly sheet: TableSheet
  readonly name: string
  readonly header: FoundHeader | null
}

/**
 * Chooses the sheet that holds the table: the one that a person named, or else the only visible one whose header names
 * a
 * ward or a facility, or else the only one with a table. Asks if several could be meant, and reads the first meanwhile.
 * @throws Fault `invalid-input` when no sheet has the chosen name
 * @throws Fault `unreadable-file` when no sheet holds anything
 */
export function chooseSheet(source: TableSource, filename: string, choices: ReadingChoices): ChosenSheet {
  const [only] = source.sheets
  if (only !== undefined && source.sheets.length === 1 && only.name === null) {
    if (choices.sheet !== undefined) throw noSheet(filename, choices.sheet, [])
    return { sheet: only, names: [], questions: [], findings: [] }
  }
  const candidates = source.sheets.flatMap((sheet): Candidate[] => {
    const head = headOf(sheet)
    return head.length === 0 ? [] : [{ sheet, name: sheet.name ?? '', header: findHeader(head, sheet) }]
  })
  const names = candidates.map(({ name }) => name)
  if (choices.sheet !== undefined) {
    const named = byName(candidates, choices.sheet)
    if (named === undefined) throw noSheet(filename, choices.sheet, names)
    return { sheet: named.sheet, names, questions: [], findings: others(named, names) }
  }
  const possible = possibleSheets(candidates)
  const [first] = possible
  if (first === undefined) {
    if (only === undefined) throw empty(filename)
    return { sheet: only, names, questions: [], findings: [] }
  }
  const id = questionId('sheet-or-layer', 'sheet')
  const answer = byName(possible, choices.answers?.[id] ?? '')
  const taken = answer ?? first
  const isOpen = possible.length > 1 && answer === undefined
  return {
    sheet: taken.sheet,
    names,
    questions: isOpen ? [whichSheet(id, possible)] : [],
    findings: isOpen ? [] : others(taken, names),
  }
}

/** The sheets that could be meant, the visible ones if any is. */
function possibleSheets(candidates: readonly Candidate[]): readonly Candidate[] {
  const visible = candidates.filter(({ sheet }) => !sheet.isHidden)
  const shown = visible.length > 0 ? visible : candidates
  const tables = shown.filter(({ header }) => header !== null && header.hasRows && header.names.length > 1)
  const known = tables.filter(({ header }) => header?.isKnown === true)
  if (known.length > 0) return known
  return tables.length > 0 ? tables : shown.slice(0, 1)
}

function byName(candidates: readonly Candidate[], wanted: string): Candidate | undefined {
  return (
    candidates.find(({ name }) => name === wanted) ??
    candidates.find(({ name }) => name.trim().toLowerCase() === wanted.trim().toLowerCase())
  )
}

function others(taken: Candidate, names: readonly string[]): readonly Finding[] {
  const unread = names.filter((name) => name !== taken.name)
  if (unread.length === 0) return []
  return [
    makeFinding('entry-ignored', say('one-sheet-read', { sheet: quoted(taken.name) }), {
      count: unread.length,
      examples: unread.slice(0, MOST_EXAMPLES),
    }),
  ]
}

function whichSheet(id: string, possible: readonly Candidate[]): Question {
  return makeQuestion({
    id,
    kind: 'sheet-or-layer',
    said: say('which-sheet', { count: possible.length, ...listedNames(possible.map(({ name }) => name)) }),
    options: possible.map(({ name }) => ({ value: name, said: say('read-sheet', { name: quoted(name) }) })),
    affects: 'ranking',
    columns: [],
  })
}

function noSheet(filename: string, wanted: string, names: readonly string[]): Fault {
  const name = quoted(wanted)
  const said =
    names.length === 0
      ? say('no-sheets', { filename, name })
      : say('no-such-sheet', { filename, name, ...listedNames(names) })
  return new Fault('invalid-input', say('cannot-read-chosen-sheet', { found: said }), {
    errors: [{ said, pointer: '/sheet' }],
  })
}

function empty(filename: string): Fault {
  return unreadable(filename, say('no-header-no-rows', {}))
}
