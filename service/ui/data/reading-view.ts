import { button, h, table } from '../dom.ts'
import type { UploadedFile } from '../../features/replies/files.ts'
import type { Reading, ReadingBody } from '../../features/replies/reading.ts'
import { words } from '../words/en.ts'
import type { SettleReading } from './questions-view.ts'

/** What a file was taken for, in a form that can change it. */
export function readingView(
  { id, filename, reading, roles = [], questions = [], offered }: UploadedFile,
  settle: SettleReading,
): readonly HTMLElement[] {
  if (reading === undefined) return []
  const text = words.reading
  const form = h(
    'form',
    { class: 'reading' },
    h('div', { class: 'fields' }, ...dialectFields(reading)),
    table(
      text.caption(filename),
      text.headings,
      reading.columns.map(({ name, role, guessed, why, sample }) => [
        name,
        select(`column:${name}`, text.columnIs(name), roles, role),
        guessed ? why : text.yourChoice,
        sample.join(' · '),
      ]),
    ),
    h('p', {}, h('button', { type: 'submit', class: 'secondary' }, text.again)),
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    settle(id, changesIn(form, reading), text.wasRead)
  })
  // A question without options is answered by the roles of the columns.
  const isAsked = questions.some(({ options }) => options.length === 0)
  return [
    ...(offered === undefined
      ? []
      : [
          h(
            'p',
            { class: 'notice' },
            text.alike(offered.filename),
            ' ',
            button(text.readAlike, () => {
              settle(id, offered.choices, text.readAs(offered.filename))
            }),
          ),
        ]),
    h('details', { open: isAsked }, h('summary', {}, text.title), form),
  ]
}

/** A name without it, such as `encoding`, would take the place of a property of the form. */
const OF_FILE = 'file:'

function dialectFields(reading: Reading): readonly (HTMLElement | null)[] {
  const { sheet, sheets, layer, layers, encoding, decimal, thousands, headerRow, missing } = reading
  const { fields } = words.reading
  return [
    sheets.length < 2 ? null : field(fields.sheet, select(`${OF_FILE}sheet`, fields.sheet, sheets, sheet ?? '')),
    layers.length < 2 ? null : field(fields.layer, select(`${OF_FILE}layer`, fields.layer, layers, layer ?? '')),
    encoding === null
      ? null
      : field(fields.encoding, h('input', { name: `${OF_FILE}encoding`, value: encoding, maxlength: 40 })),
    decimal === null ? null : field(fields.decimal, select(`${OF_FILE}decimal`, fields.decimal, ['.', ','], decimal)),
    thousands === null
      ? null
      : field(fields.thousands, select(`${OF_FILE}thousands`, fields.thousands, ['', ',', '.', ' ', "'"], thousands)),
    headerRow === null
      ? null
      : field(fields.headerRow, h('input', { name: `${OF_FILE}headerRow`, type: 'number', min: 1, value: headerRow })),
    encoding === null
      ? null
      : field(fields.missing, h('input', { name: `${OF_FILE}missing`, value: missing.join(', '), maxlength: 400 })),
  ]
}

function field(label: string, control: HTMLElement): HTMLElement {
  return h('label', { class: 'field' }, h('span', {}, label), control)
}

function select(name: string, label: string, values: readonly string[], current: string): HTMLElement {
  const signs: Readonly<Record<string, string>> = [`${OF_FILE}decimal`, `${OF_FILE}thousands`].includes(name)
    ? words.reading.signs
    : {}
  return h(
    'select',
    { name, 'aria-label': label },
    ...values.map((value) => h('option', { value, selected: value === current }, signs[value] ?? value)),
  )
}

/** Only what differs from the reading: everything else stays a guess. */
function changesIn(form: HTMLFormElement, reading: Reading): ReadingBody {
  const columns: Record<string, string> = {}
  const body: Record<string, unknown> = {}
  const data = new FormData(form)
  const entered = (name: string): string | null => {
    const value = data.get(name)
    return typeof value === 'string' ? value : null
  }
  for (const { name, role } of reading.columns) {
    const chosen = entered(`column:${name}`)
    if (chosen !== null && chosen !== role) columns[name] = chosen
  }
  for (const name of ['sheet', 'layer', 'encoding', 'decimal', 'thousands', 'headerRow'] as const) {
    const chosen = entered(OF_FILE + name)
    if (chosen === null || chosen === String(reading[name])) continue
    body[name] = name === 'headerRow' ? Number(chosen) : chosen
  }
  const marks = entered(`${OF_FILE}missing`)
  if (marks !== null && marks !== reading.missing.join(', '))
    body['missing'] = marks
      .split(',')
      .map((mark) => mark.trim())
      .filter((mark) => mark !== '')
  return { ...body, ...(Object.keys(columns).length > 0 && { columns }) } as ReadingBody
}
