import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { withoutStamp } from '../../service/domain/project/without-stamp.ts'
import { repeated, uploadFile, type Person } from './client.ts'

const SAMPLE = join(import.meta.dirname, '../../service/sample')
export const WARDS = readFileSync(join(SAMPLE, 'wards.csv'))
const BOUNDARIES = readFileSync(join(SAMPLE, 'boundaries.zip'))
/** Every file that is made of results: with the analysis alone, or with the plan too. */
const EXPORTS = ['rankings.csv', 'itn_plan.csv', 'map.geojson', 'report.html', 'analysis_results.json'] as const
const OF_NO_PLAN: readonly string[] = ['rankings.csv', 'analysis_results.json']

export interface Listed {
  readonly id: string
  readonly name?: string | null
  readonly lockedAt?: string | null
  readonly stale: boolean
}

export const analysesOf = async (who: Person): Promise<Listed[]> =>
  (await who.get('/api/analyses')).json<{ analyses: Listed[] }>().analyses.toReversed()
export const plansOf = async (who: Person): Promise<Listed[]> =>
  (await who.get('/api/itn-plans')).json<{ plans: Listed[] }>().plans.toReversed()

/** Everything that a session shows and lets people download, without its stamp. */
export async function shownBy(who: Person): Promise<Record<string, string>> {
  const shown: Record<string, string> = {}
  const analyses = await analysesOf(who)
  const plans = await plansOf(who)
  for (const [place, { id }] of analyses.entries())
    shown[`analysis ${String(place)}`] = withoutStamp((await who.get(`/api/analyses/${id}`)).text)
  for (const [place, { id }] of plans.entries())
    shown[`plan ${String(place)}`] = withoutStamp((await who.get(`/api/itn-plans/${id}`)).text)
  const [analysis] = analyses
  const [plan] = plans
  for (const kind of EXPORTS) {
    const body = { kind, analysisId: analysis?.id, ...(!OF_NO_PLAN.includes(kind) && { planId: plan?.id }) }
    const made = (await repeated(() => who.post('/api/exports', body))).json<{ download: { url: string } }>()
    shown[kind] = withoutStamp(await (await fetch(made.download.url)).text())
  }
  return shown
}

/** Makes a thing and gives its id. */
export async function make(who: Person, path: string, body: unknown): Promise<string> {
  const reply = await repeated(() => who.post(path, body))
  if (reply.status !== 201) throw new Error(`${path}: ${String(reply.status)} ${reply.text}`)
  const [made] = Object.values(reply.json<Record<string, { id: string }>>())
  return made?.id ?? ''
}

/** Gives somebody the sample, two analyses, three plans, one of them locked, and a question to the chat. */
export async function work(who: Person): Promise<void> {
  await uploadFile(who, 'wards', 'kano wards.csv', WARDS)
  await uploadFile(who, 'boundaries', 'boundaries.zip', BOUNDARIES)
  const first = await make(who, '/api/analyses', {})
  await make(who, '/api/analyses', {
    indicators: ['mean_rainfall_mm', 'distance_to_clinic_km', 'housing_quality'],
    directions: { housing_quality: 'inverse' },
    mode: 'legacy',
  })
  const locked = await make(who, '/api/itn-plans', { analysisId: first, totalNets: 20_000, name: 'Decided' })
  await make(who, '/api/itn-plans', { analysisId: first, totalNets: 30_000, urbanThreshold: 50 })
  await make(who, '/api/itn-plans', { analysisId: first, totalNets: 12_345, name: '=1+1', reserve: { percent: 10 } })
  for (const [path, body] of [
    [`/api/itn-plans/${locked}/lock`, undefined],
    ['/api/chat', { message: 'Which wards are most at risk?' }],
  ] as const) {
    const reply = await repeated(() => who.post(path, body))
    if (reply.status !== 200) throw new Error(`${path}: ${String(reply.status)} ${reply.text}`)
  }
}
