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
  readonly declines?: string
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

type Verdict = 'right' | 'asked back' | 'not right'

/** What the replies to questions of words must say: the facts that "says", "asks" and "declines" name. */
const SAID: Readonly<Record<string, readonly RegExp[]>> = {
  N1: [/choose 2 to 10 indicators/, /can be run as it is/, /275 wards in 25 LGAs/],
  N38: [/Did you mean Ekwara\/Gwasa \(Mokande LGA\)/],
  N40: [/^distance_to_water contributes most to the place of Lobtayi II: 0\.9999/, /0\.4587 above the mean/],
  N41: [/Ekorunga is not in the High tier/, /rank is 117 of 275, tier Medium/],
  N42: [/No ward is called "Daneri"/, /Daneri C .* rank 263/, /Daneri S .* rank 269/, /None of them is number 1/],
  N73: [/25 boxes of 274 values/, /1 ward has no value/],
  N79: [/tier of 91 wards of the High tier and of no other/, /left blank \(93 Medium, 91 Low\)/],
  N91: [/no rule of a fixed number/, /household of 5 or 6/],
  N97: [/cannot be scaled here/, /file with the new populations/],
  N104: [/tested for malaria whose test is positive/, /who comes for a test/, /only a survey measures/],
  N106: [/no one right/, /programme to decide/, /default is 75 percent/, /served first/, /compare who gets nets/],
  N107: [/judgement for the programme/, /not left out, but get what remains/, /lists the wards that get none/],
  N110: [/median of its model values/, /second opinion/, /KMO is 0\.5015/, /0\.5736/, /57 of 91/],
  N112: [/Plasmodium falciparum parasite rate/, /children of 2 to 10 years/],
  N113: [/probably the average radiance of lights at night/, /does not say it; ask who made it/],
  N115: [
    /1 of 275 wards/,
    /Yadsari \(LGA Gandaki\)/,
    /data are not changed, and no ward is dropped/,
    /neighbouring wards/,
  ],
  N118: [/11 wards have a name that repeats/, /Bayan Dutsi .*Gindin Tsami .*Kofar Yashi .*Layin Kuka .*Zangon Aya/],
  N120: [/outside what I do/],
  N121: [/inside is not part/],
  N122: [/only with the data of this session/],
  N130: [/describe and check the wards/, /explain a rank/, /maps and charts/, /plan bed nets and change/, /download/],
  N132: [/not ChatGPT/, /assistant of ChatMRPT/, /fixed rules/],
  N141: [/cannot send mail/, /Download the report/],
} as const

function verdictOf(reply: Reply, id: string, { figures, rows, ordered = false, declines }: Expected): Verdict {
  if (declines !== undefined && reply.kind !== 'decline') return 'not right'
  const said = SAID[id]
  if (said !== undefined) {
    const text = `${reply.text} ${reply.options.join(' ')}`
    return said.every((fact) => fact.test(text)) ? 'right' : reply.kind === 'clarify' ? 'asked back' : 'not right'
  }
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

t.test(
  'at least 90 % of the given questions are answered as they must be, and none of them wrongly',
  { skip },
  async (t) => {
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
      const verdict = verdictOf(reply, id, expect)
      const counts = byCategory.get(category) ?? new Map<Verdict, number>()
      byCategory.set(category, counts.set(verdict, (counts.get(verdict) ?? 0) + 1))
      if (verdict !== 'right') t.comment(`${id}: ${verdict}: ${question}: ${reply.kind} ${JSON.stringify(reply.calls)}`)
    }
    for (const [category, counts] of byCategory)
      t.comment(`${category}: ${[...counts].map(([verdict, count]) => `${String(count)} ${verdict}`).join(', ')}`)
    const sum = (verdict: Verdict): number =>
      [...byCategory.values()].reduce((all, counts) => all + (counts.get(verdict) ?? 0), 0)
    t.comment(`${String(sum('right'))} of ${String(questions.length)} as they must be`)
    t.ok(sum('right') / questions.length >= 0.9)
    t.equal(sum('not right'), 0)
  },
)
