import { existsSync, readFileSync } from 'node:fs'
import t from 'tap'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import { readBoundaries } from '../../service/domain/files/boundary/read-boundaries.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import { Conversation } from './ask.ts'
import type { Reply } from './ask.ts'

const GIVEN = new URL('../../../shared/data/', import.meta.url)
const skip = existsSync(new URL('questions.json', GIVEN)) ? false : 'the given questions are not beside the repository'

interface Expected {
  readonly figures?: readonly { readonly value: number; readonly tolerance: number }[]
  readonly rows?: readonly string[]
  readonly ordered?: boolean
  readonly asks?: string
  readonly declines?: string
  readonly says?: readonly string[]
}

interface Given {
  readonly id: string
  readonly category: string
  readonly dataset: string
  readonly fresh?: boolean
  readonly before: readonly string[]
  readonly question: string
  readonly expect: Expected
}

interface File {
  readonly states: Readonly<Record<string, { readonly files: readonly string[]; readonly before: readonly string[] }>>
  readonly questions: readonly Given[]
}

/** `reader`: what must be conveyed in words needs a reader. */
type Verdict = 'right' | 'asked back' | 'not right' | 'reader'

function verdictOf(reply: Reply, { figures, rows, ordered = false, asks, declines }: Expected): Verdict {
  if (asks !== undefined) return reply.kind === 'clarify' ? 'right' : 'reader'
  if (declines !== undefined) return reply.kind === 'decline' ? 'right' : 'not right'
  if (figures === undefined && rows === undefined) return 'reader'
  if (reply.kind === 'clarify') return 'asked back'
  const numbers = [...reply.text.matchAll(/-?\d[\d,]*(?:\.\d+)?/g)].map(([number]) =>
    Number(number.replaceAll(',', '')),
  )
  const cells = reply.tables.flatMap((table) => table.rows.flat())
  const hasFigures = (figures ?? []).every(({ value, tolerance }) =>
    [...numbers, ...cells].some((cell) => typeof cell === 'number' && Math.abs(cell - value) <= tolerance + 5e-5),
  )
  return hasFigures && (rows === undefined || hasRows(reply, rows, ordered)) ? 'right' : 'not right'
}

function hasRows({ tables }: Reply, wanted: readonly string[], isOrdered: boolean): boolean {
  return tables.some(({ columns, rows }) => {
    const place = columns.indexOf('ward')
    const names = rows.slice(0, wanted.length).map((row) => String(row[place]))
    const [shown, asked] = isOrdered ? [names, wanted] : [names.toSorted(), wanted.toSorted()]
    return place >= 0 && shown.join('|') === asked.join('|') && (isOrdered || rows.length === wanted.length)
  })
}

t.test('the given questions are answered, as far as a program can judge', { skip }, async (t) => {
  const { states, questions } = JSON.parse(readFileSync(new URL('questions.json', GIVEN), 'utf8')) as File
  const open = new Map<string, { fresh: Conversation; ready: Conversation }>()
  for (const [name, { files, before }] of Object.entries(states)) {
    const [wards = '', boundaries = ''] = files
    const read = (file: string): Buffer => readFileSync(new URL(file, GIVEN))
    const dataset = joinWards(await readWards(read(wards), wards), await readBoundaries(read(boundaries), boundaries))
    const conversation = new Conversation(dataset)
    const fresh = conversation.again()
    for (const message of before) conversation.say(message)
    open.set(name, { fresh, ready: conversation.again() })
  }
  const byCategory = new Map<string, Map<Verdict, number>>()
  for (const { id, category, dataset, fresh = false, before, question, expect } of questions) {
    const conversation = open.get(dataset)?.[fresh ? 'fresh' : 'ready'].again()
    if (conversation === undefined) throw new Error(`There is no data set ${dataset}`)
    for (const message of before) conversation.say(message)
    const reply = conversation.say(question)
    const verdict = verdictOf(reply, expect)
    const counts = byCategory.get(category) ?? new Map<Verdict, number>()
    byCategory.set(category, counts.set(verdict, (counts.get(verdict) ?? 0) + 1))
    if (verdict === 'not right' || verdict === 'asked back')
      t.comment(`${id}: ${verdict}: ${question}: ${reply.kind} ${JSON.stringify(reply.calls)}`)
  }
  for (const [category, counts] of byCategory)
    t.comment(`${category}: ${[...counts].map(([verdict, count]) => `${String(count)} ${verdict}`).join(', ')}`)
  for (const category of OURS)
    t.notOk(byCategory.get(category)?.get('not right'), `no answer of ${category} has a wrong figure or row`)
})

/** The kinds that the rules for figures, rows and comparisons answer alone. */
const OURS = ['stats', 'filter', 'list', 'rank', 'group', 'share', 'corr', 'not', 'multi'] as const
