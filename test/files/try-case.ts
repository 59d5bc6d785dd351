import { tryFile, type Person, type Reply } from '../support/client.ts'
import { caseFile, type FieldCase, type TrueTable } from './field-cases.ts'

interface Question {
  readonly id: string
  readonly detail: string
  readonly options: readonly { readonly label: string }[]
}

export interface RankedWard {
  readonly wardName: string
  readonly lga: string | null
  readonly score: number
  readonly rank: number
  readonly tier: string
}

/** What came of a case: figures with what is said about them, or a question, or a refusal. */
export type Outcome =
  | {
      readonly kind: 'figures'
      readonly ranking: readonly RankedWard[] | null
      readonly nets: readonly { readonly wardName: string; readonly need: number; readonly allocated: number }[] | null
      readonly positivity: readonly Measured[]
      readonly dataset: Dataset | null
      /** Everything that is said about the figures, one sentence a line. */
      readonly said: string
    }
  | { readonly kind: 'asked' | 'refused'; readonly text: string; readonly hasErrors: boolean }

interface Measured {
  readonly wards: readonly { readonly wardName: string; readonly tested: number; readonly positive: number }[]
}

interface Dataset {
  readonly wards: number
  readonly matched: number
  readonly columns: readonly { readonly name: string; readonly indicator: boolean }[]
  readonly unmatched: readonly {
    readonly name: string
    readonly suggestions: readonly { readonly boundary: string }[]
  }[]
  readonly questions: readonly Question[]
  readonly quality: { readonly findings: readonly Finding[] }
}

interface Finding {
  readonly detail: string
  readonly examples?: readonly string[]
}

/** Ends a case with what a person would see. */
class Stopped extends Error {
  readonly outcome: Outcome

  constructor(outcome: Outcome) {
    super(outcome.kind)
    this.outcome = outcome
  }
}

/** Uploads a case's files, settles their reading if `withReading`, and asks for what the case asks. */
export async function tryCase(who: Person, name: string, one: FieldCase, withReading: boolean): Promise<Outcome> {
  try {
    return await figuresOf(who, name, one, withReading)
  } catch (error) {
    if (error instanceof Stopped) return error.outcome
    throw error
  }
}

async function figuresOf(who: Person, name: string, one: FieldCase, withReading: boolean): Promise<Outcome> {
  const files = [
    ...(one.wards === undefined ? [] : [['wards', one.wards] as const]),
    ...(one.boundaries === undefined ? [] : [['boundaries', one.boundaries] as const]),
    ...[one.facilities ?? []].flat().map((path) => ['facilities', path] as const),
  ]
  const settled = one.readingOf ?? (one.wards === undefined ? 'facilities' : 'wards')
  const findings: Finding[] = []
  for (const [role, path] of files) {
    const { filename, bytes } = caseFile(name, path)
    const { fileId, completed } = await tryFile(who, role, filename, bytes)
    let last = completed
    if (withReading && role === settled) {
      last = await who.send('PUT', `/api/files/${fileId}/reading`, { body: one.reading })
      if (completed.status !== 200 && last.status === 200) last = await who.post(`/api/files/${fileId}/complete`)
    }
    if (last.status !== 200) throw stoppedBy(last)
    findings.push(...(last.json<{ file: { findings?: Finding[] } }>().file.findings ?? []))
  }
  const positivity: Measured[] = []
  for (const choices of one.positivity ?? []) {
    const reply = await who.post('/api/dataset/positivity', choices)
    if (reply.status !== 200) throw stoppedBy(reply)
    const measured = reply.json<{ positivity: Measured & { findings: readonly Finding[] } }>().positivity
    positivity.push(measured)
    findings.push(...measured.findings)
  }
  const shown = await who.get('/api/dataset')
  const dataset = shown.status === 200 ? shown.json<Dataset>() : null
  findings.push(...(dataset?.quality.findings ?? []))
  const base = { kind: 'figures', positivity, dataset } as const
  if (one.analysis === undefined) return { ...base, ranking: null, nets: null, said: wordsOf(findings) }
  const analysed = await who.post('/api/analyses', one.analysis)
  if (analysed.status !== 201) throw stoppedBy(analysed)
  const { analysis } = analysed.json<{
    analysis: { id: string; wards: readonly RankedWard[]; caveats: readonly string[] }
  }>()
  const caveats = [...analysis.caveats]
  if (one.plan === undefined) return { ...base, ranking: analysis.wards, nets: null, said: caveats.join('\n') }
  const planned = await who.post('/api/itn-plans', { ...one.plan, analysisId: analysis.id })
  if (planned.status !== 201) throw stoppedBy(planned)
  const { plan } = planned.json<{
    plan: { wards: { wardName: string; need: number; allocated: number }[]; caveats: string[] }
  }>()
  // A caveat that the ranking bears must not be lost on the plan.
  return { ...base, ranking: analysis.wards, nets: plan.wards, said: plan.caveats.join('\n') }
}

function stoppedBy(reply: Reply): Stopped {
  const {
    detail,
    errors,
    questions = [],
  } = reply.json<{
    detail: string
    errors?: readonly { detail: string }[]
    questions?: readonly Question[]
  }>()
  const asked = questions.map((question) => [question.detail, ...question.options.map(({ label }) => label)].join(' '))
  return new Stopped({
    kind: reply.problem === 'unsettled' ? 'asked' : 'refused',
    text: [detail, ...(errors ?? []).map((one) => one.detail), ...asked].join('\n'),
    hasErrors: (errors?.length ?? 0) > 0,
  })
}

function wordsOf(findings: readonly Finding[]): string {
  return findings.map(({ detail, examples = [] }) => [detail, ...examples].join(' ')).join('\n')
}

/** Ranks and nets of a clean table, made by the same service from another upload. */
export async function trueFigures(
  who: Person,
  table: TrueTable,
  boundaries: Uint8Array,
  plan: FieldCase['plan'],
): Promise<{ ranking: readonly RankedWard[]; nets: readonly { wardName: string; allocated: number }[] }> {
  for (const [role, filename, bytes] of [
    ['wards', 'wards.csv', Buffer.from(table.csv)],
    ['boundaries', 'wards.zip', boundaries],
  ] as const) {
    const { completed } = await tryFile(who, role, filename, bytes)
    if (completed.status !== 200) throw new Error(completed.text)
  }
  const analysed = await who.post('/api/analyses', { indicators: table.indicators, directions: table.directions })
  if (analysed.status !== 201) throw new Error(analysed.text)
  const { analysis } = analysed.json<{ analysis: { id: string; wards: readonly RankedWard[] } }>()
  if (plan === undefined) return { ranking: analysis.wards, nets: [] }
  const planned = await who.post('/api/itn-plans', { ...plan, analysisId: analysis.id })
  if (planned.status !== 201) throw new Error(planned.text)
  return {
    ranking: analysis.wards,
    nets: planned.json<{ plan: { wards: { wardName: string; allocated: number }[] } }>().plan.wards,
  }
}
