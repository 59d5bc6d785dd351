import { counted, fold, h, table } from './dom.ts'
import type { UploadedFile } from '../features/replies/files.ts'
import type { DatasetQuestion, Question, Reading, ReadingBody } from '../features/replies/reading.ts'

/** Settles the reading of a file. */
export type SettleReading = (fileId: string, body: ReadingBody, said: string) => void

/** The signs that a number may have, as a person would say them; `''` stands for none. */
const SIGNS = Object.freeze({ '.': 'point (.)', ',': 'comma (,)', ' ': 'space', "'": "apostrophe (')", '': 'none' })

/**
 * The questions that wait for an answer, each with its options as buttons, and the answers that were given.
 * @param answers by the ids of their questions
 */
export function questionsView(
  fileId: string,
  questions: readonly Question[],
  answers: Readonly<Record<string, string>>,
  settle: SettleReading,
) {
  const given = Object.entries(answers)
  return [
    questions.length === 0
      ? null
      : h(
          'div',
          { class: 'notice', role: 'group', 'aria-label': 'Questions about the file' },
          h('p', { class: 'notice-title' }, `${counted(questions.length, 'question')} to answer first`),
          ...questions.map((question) => questionRow(fileId, question, settle)),
        ),
    given.length === 0
      ? null
      : fold(
          `${counted(given.length, 'question')} answered`,
          h(
            'ul',
            {},
            ...given.map(([id, answer]) =>
              h(
                'li',
                {},
                `${id}: ${answer} `,
                h(
                  'button',
                  {
                    type: 'button',
                    class: 'link',
                    'aria-label': `Take back the answer to ${id}`,
                    click: () => {
                      settle(fileId, { answers: { [id]: null } }, 'The answer was taken back.')
                    },
                  },
                  'Take back',
                ),
              ),
            ),
          ),
        ),
  ]
}

/**
 * The same for a dataset, whose questions name the files that take the answers.
 * @param files whose own questions are shown with them
 */
export function joinQuestionsView(
  questions: readonly DatasetQuestion[],
  files: readonly UploadedFile[],
  settle: SettleReading,
) {
  const known = new Set(files.flatMap((file) => (file.questions ?? []).map(({ id }) => id)))
  return questions
    .filter(({ id }) => !known.has(id))
    .flatMap((question) => questionsView(question.fileId, [question], {}, settle))
}

function questionRow(fileId: string, { id, detail, options }: Question, settle: SettleReading) {
  return h(
    'div',
    {},
    h('p', {}, detail),
    h(
      'p',
      { class: 'row' },
      ...options.map(({ value, label }) =>
        h(
          'button',
          {
            type: 'button',
            class: 'secondary',
            click: () => {
              settle(fileId, { answers: { [id]: value } }, `Answered: ${label}.`)
            },
          },
          label,
        ),
      ),
    ),
  )
}

/** What a file was taken for, in a form that can change it. */
export function readingView(
  { id, filename, reading, roles = [], questions = [], offered }: UploadedFile,
  settle: SettleReading,
) {
  if (reading === undefined) return []
  const form = h(
    'form',
    { class: 'reading' },
    ...dialectFields(reading),
    table(
      `Columns of ${filename}`,
      ['Column', 'Taken for', 'Why', 'For example'],
      reading.columns.map(({ name, role, guessed, why, sample }) => [
        name,
        select(`column:${name}`, `Column ${name} is taken for`, roles, role),
        guessed ? why : 'you said so',
        sample.join(' · '),
      ]),
    ),
    h('p', {}, h('button', { type: 'submit', class: 'secondary' }, 'Read the file again')),
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    settle(id, changesIn(form, reading), 'The file was read again.')
  })
  // A question without options is answered by the roles of the columns.
  const isAsked = questions.some(({ options }) => options.length === 0)
  return [
    offered === undefined
      ? null
      : h(
          'p',
          { class: 'notice' },
          `${offered.filename} had the same columns. `,
          h(
            'button',
            {
              type: 'button',
              class: 'secondary',
              click: () => {
                settle(id, offered.choices, `Read as ${offered.filename}.`)
              },
            },
            'Read this file as that one',
          ),
        ),
    h('details', { open: isAsked }, h('summary', {}, 'How the file was read'), form),
  ]
}

function dialectFields({ sheet, sheets, layer, layers, encoding, decimal, thousands, headerRow }: Reading) {
  return [
    sheets.length < 2 ? null : field('Sheet', select('sheet', 'Sheet', sheets, sheet ?? '')),
    layers.length < 2 ? null : field('Layer', select('layer', 'Layer', layers, layer ?? '')),
    encoding === null ? null : field('Encoding', h('input', { name: 'encoding', value: encoding, maxlength: 40 })),
    decimal === null ? null : field('Decimals after', select('decimal', 'Decimals after', ['.', ','], decimal)),
    thousands === null
      ? null
      : field('Thousands parted by', select('thousands', 'Thousands parted by', ['', ',', '.', ' ', "'"], thousands)),
    headerRow === null
      ? null
      : field('Line of the header', h('input', { name: 'headerRow', type: 'number', min: 1, value: headerRow })),
  ]
}

function field(label: string, control: HTMLElement) {
  return h('label', {}, `${label} `, control)
}

function select(name: string, label: string, values: readonly string[], current: string) {
  const signs: Readonly<Record<string, string>> = name === 'decimal' || name === 'thousands' ? SIGNS : {}
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
  for (const { name, role } of reading.columns) {
    const chosen = data.get(`column:${name}`)
    if (typeof chosen === 'string' && chosen !== role) columns[name] = chosen
  }
  for (const name of ['sheet', 'layer', 'encoding', 'decimal', 'thousands', 'headerRow'] as const) {
    const chosen = data.get(name)
    if (typeof chosen !== 'string' || chosen === String(reading[name])) continue
    body[name] = name === 'headerRow' ? Number(chosen) : chosen
  }
  return { ...body, ...(Object.keys(columns).length > 0 && { columns }) } as ReadingBody
}
