import { codeForm, plainForm } from '../area-key.ts'
import { quoted } from '../../quoted.ts'
import type { ReadingChoices } from '../reading/choices.ts'
import { makeQuestion, questionId } from '../reading/question.ts'
import { allOf, say } from '../../said.ts'
import { makeFinding } from '../finding.ts'
import { guessRoles, type RoleOf } from './guess-roles.ts'
import type { Inquiry } from '../reading/inquiry.ts'
import { textsOf, type RawColumn } from './raw-table.ts'
import { rowsByKey } from './roled-table.ts'
import type { ColumnRole } from '../reading/roles.ts'
import { settledRoles } from './settled-roles.ts'

const MOST_OPTIONS = 50
/** Fewer rows show no pattern. */
const FEWEST_ROWS = 6
/** From this share of rows on, repeated codes with different names are no slips of the pen. */
const MANY_REPEATED = 0.2

/** The roles of the columns, in their order. */
export interface TakenRoles {
  readonly roles: readonly RoleOf[]
  /** Whether a header or a person says which column names the wards. */
  readonly isSaid: boolean
  /** Whether nobody knows which column names the wards. */
  readonly isOpen: boolean
}

/**
 * Takes the roles that a person gave, and guesses the others. If no column is recognised as naming the wards and
 * several or none could, the person is asked.
 * @throws Fault `invalid-input` when a role was given to a column that is not there or cannot have it
 */
export function takeRoles(columns: readonly RawColumn[], choices: ReadingChoices, inquiry: Inquiry): TakenRoles {
  const settled = settledRoles(columns, choices.columns)
  const first = guessRoles(columns, settled)
  const rivals = first.candidates ?? swappedNames(columns, first.roles)
  const named = rivals === null ? null : askForName(columns, rivals, first.candidates === null, inquiry)
  if (named !== null) settled.set(named, 'ward name')
  const [called, holding] = first.candidates === null && rivals !== null ? rivals : []
  const other = first.roles[columns.findIndex(({ name }) => name === holding)]
  if (called !== undefined && named === holding && other !== undefined) settled.set(called, other.role)
  const { roles, candidates, assumed } = named === null ? first : guessRoles(columns, settled)
  if (assumed !== null) {
    const said = say('name-column-assumed', { column: quoted(assumed) })
    inquiry.note(makeFinding('key-assumed', said, { count: 1 }))
  }
  roles.forEach(({ sameAs }, index) => {
    if (sameAs === undefined) return
    const column = quoted(columns[index]?.name ?? '')
    const said = say('column-says-the-same', { column, other: quoted(sameAs) })
    inquiry.note(makeFinding('key-assumed', said, { count: 1 }))
  })
  return {
    roles: withoutSharedCodes(columns, roles, inquiry),
    isSaid: assumed === null && candidates === null,
    isOpen: candidates !== null,
  }
}

/**
 * The column called as the ward's name and the one that seems to hold it, where headers were swapped: the "wards" are
 * few names that repeat and the "LGAs" are all different, or the "names" hold digits and the "codes" none. Null if not.
 */
function swappedNames(columns: readonly RawColumn[], roles: readonly RoleOf[]): readonly string[] | null {
  const textsAs = (role: ColumnRole): { name: string; cells: string[] } | null => {
    const place = roles.findIndex((one) => one.role === role && one.guessed)
    const column = columns[place]
    return column === undefined ? null : { name: column.name, cells: textsOf(column).filter((cell) => cell !== '') }
  }
  const [ward, lga, code] = (['ward name', 'lga', 'ward code'] as const).map(textsAs)
  if (!ward || ward.cells.length < FEWEST_ROWS) return null
  const different = (cells: readonly string[]): number => new Set(cells.map(plainForm)).size
  if (lga && different(ward.cells) <= ward.cells.length / 2 && different(lga.cells) === ward.cells.length)
    return [ward.name, lga.name]
  const hasDigit = (cell: string): boolean => /\d/.test(cell)
  if (code?.cells.length === ward.cells.length && ward.cells.every(hasDigit) && !code.cells.some(hasDigit))
    return [ward.name, code.name]
  return null
}

function askForName(
  columns: readonly RawColumn[],
  candidates: readonly string[],
  isSwapped: boolean,
  inquiry: Inquiry,
): string | null {
  const names = [...new Set([...candidates, ...columns.map(({ name }) => name)])].slice(0, MOST_OPTIONS)
  const found = isSwapped
    ? say('headers-swapped', { columns: allOf(candidates.map(quoted)) })
    : candidates.length === 0
      ? say('no-header-names', {})
      : say('several-could-name', { columns: candidates.slice(0, 5).map(quoted) })
  return inquiry.ask(
    makeQuestion({
      id: questionId('column-roles'),
      kind: 'column-roles',
      said: say('column-of-wards', { found }),
      options: names.map((name) => ({ value: name, said: say('names-wards', { column: quoted(name) }) })),
      affects: 'ranking',
      columns: [],
    }),
  )
}

/** Takes no code for that of a ward that many wards of different names share: it may be the code of their LGA. */
function withoutSharedCodes(
  columns: readonly RawColumn[],
  roles: readonly RoleOf[],
  inquiry: Inquiry,
): readonly RoleOf[] {
  const [code, name] = (['ward code', 'ward name'] as const).map((role) => roles.findIndex((one) => one.role === role))
  const [codes, names] = [columns[code ?? -1], columns[name ?? -1]]
  if (codes === undefined || names === undefined || roles[code ?? -1]?.guessed === false) return roles
  const forms = textsOf(names).map(plainForm)
  const shared = [...rowsByKey(textsOf(codes).map(codeForm))].filter(([form, rows]) => form !== '' && rows.length > 1)
  const differing = shared.filter(([, rows]) => new Set(rows.map((row) => forms[row])).size > 1)
  const rows = differing.reduce((sum, [, group]) => sum + group.length, 0)
  if (differing.length < 2 || differing.length <= shared.length / 2 || rows < MANY_REPEATED * forms.length) return roles
  inquiry.note(
    makeFinding('key-assumed', say('code-shared', { column: quoted(codes.name) }), {
      count: differing.length,
      examples: differing.slice(0, 10).map(([form]) => form),
    }),
  )
  const ignored: RoleOf = { role: 'ignore', guessed: true, why: 'wards of different names share its codes' }
  return roles.map((role, index) => (index === code ? ignored : role))
}
