import { jsonOf, type Exchange } from '../client.ts'
import { misfit } from '../expected-ranking.ts'
import type { Outcome } from '../outcome.ts'
import type { Era } from '../person.ts'
import { ask, judge, pick, type Operation, type Tab } from '../world.ts'
import { formOf } from './files.ts'
import { endSession, startSession } from './session.ts'

interface SavedReply {
  readonly export: { readonly id: string; readonly bytes: number }
  readonly download: { readonly url: string }
}
interface OpenedReply {
  readonly project: { readonly verified: boolean; readonly differencesInAll: number }
}
interface AnalysisReply {
  readonly analysis: {
    readonly inputs: { readonly wards: { readonly sha256: string } | null }
    readonly wards: readonly Readonly<Record<'wardName' | 'score' | 'rank' | 'tier', unknown>>[]
  }
}

const SAVE = { name: 'save the project', route: 'POST /api/exports', heavy: true } as const
const OPEN = {
  name: 'open a saved project in a new session',
  route: 'POST /api/files/{fileId}/complete',
  heavy: true,
} as const

/** Work that leaves its session as a file, and comes back in another session of the same person. */
export function projectOperations(): Operation[] {
  return [
    {
      ...SAVE,
      weight: 1,
      async run(tab) {
        const saved = await save(tab)
        return typeof saved === 'string' ? saved : 'done'
      },
    },
    { ...OPEN, weight: 1, run: openElsewhere },
  ]
}

/** The saved file, or the outcome where there is none. */
async function save(tab: Tab): Promise<Buffer | Outcome> {
  const { era, world, person } = tab
  if (!era.files.some(({ state }) => state === 'ready')) return 'skipped'
  const reply = await ask(tab, SAVE, { address: '/api/exports', body: { kind: 'project.zip', chat: true } })
  const span = { begin: reply.begin, end: reply.end }
  const made = jsonOf<SavedReply>(reply)
  // Other data may take the place of those that are being saved.
  const isOvertaken = era.changes.some((change) => change.begin < reply.end && change.end > reply.begin)
  const outcome = judge(tab, reply, isOvertaken ? [201, 409] : [201])
  if (reply.status !== 201 || made.export === undefined || made.download === undefined) {
    const isRefused = reply.status >= 400 && reply.status < 500
    era.made.exports.push({ ...span, key: undefined, outcome: isRefused ? 'refused' : 'unknown' })
    return outcome === 'done' ? 'refused' : outcome
  }
  const { id, bytes } = made.export
  world.canaries.register(id, { user: person.user, era: era.number, field: 'export id', version: era.exportIds.length })
  era.exportIds.push(id)
  era.made.exports.push({ ...span, key: id, outcome: 'acknowledged' })
  const download = await world.client.send({
    user: person.user,
    era: era.number,
    operation: SAVE.name,
    route: 'object store',
    method: 'GET',
    address: made.download.url,
  })
  if (download.status !== 200) return judge(tab, download, era.ending ? [200, 404, 403] : [200])
  if (download.bytes.length === bytes) return download.bytes
  report(tab, download, `A saved project has ${download.bytes.length} bytes where ${bytes} were made`)
  return 'done'
}

/**
 * Opens the file in a session of its own, which ends with the operation: everything of it belongs to the session that
 * it was saved in, so a canary of anybody else is a leak. Every other time a byte of the file is changed first.
 */
async function openElsewhere(tab: Tab): Promise<Outcome> {
  const saved = await save(tab)
  if (typeof saved === 'string') return saved
  const isChanged = tab.random() < 0.5
  if (isChanged) {
    const at = Math.floor(tab.random() * saved.length)
    saved[at] = (saved[at] ?? 0) ^ 1
  }
  const own = await startSession(tab.world, tab.person, tab.era.number, () => 1)
  if (own === null) return 'refused'
  try {
    return await open({ ...tab, era: { ...own, editions: tab.era.editions } }, saved, isChanged)
  } finally {
    await endSession(tab.world, tab.person, own)
  }
}

async function open(tab: Tab, file: Buffer, isChanged: boolean): Promise<Outcome> {
  const { era, person, world } = tab
  const announced = await ask(
    tab,
    { ...OPEN, heavy: false, route: 'POST /api/files' },
    { address: '/api/files', body: { role: 'project', filename: 'project.zip', bytes: file.length } },
  )
  const slot = jsonOf<{ file: { id: string }; upload: { url: string; fields: Record<string, string> } }>(announced)
  if (slot.file === undefined || slot.upload === undefined) return judge(tab, announced, [201])
  const { id } = slot.file
  world.canaries.register(id, { user: person.user, era: era.number, field: 'project id', version: era.names })
  const posted = await world.client.send({
    user: person.user,
    era: era.number,
    operation: OPEN.name,
    route: 'object store',
    method: 'POST',
    address: slot.upload.url,
    ...formOf(slot.upload.fields, file),
  })
  if (![200, 201, 204].includes(posted.status)) return judge(tab, posted, [204])
  const reply = await ask(tab, OPEN, { address: `/api/files/${id}/complete` })
  const outcome = judge(tab, reply, isChanged ? [200, 413, 422] : [200])
  if (reply.status !== 200) return outcome
  const { project } = jsonOf<OpenedReply>(reply)
  if (project?.verified === isChanged)
    report(tab, reply, isChanged ? 'A changed project file was said to be verified' : 'A project file was not verified')
  if (!isChanged && project?.differencesInAll !== 0) report(tab, reply, 'A project came back with other figures')
  return await readBack(tab, OPEN.name)
}

/** The rankings of an opened project are those of the ward table that it was saved with. */
export async function readBack(tab: Tab, name: string): Promise<Outcome> {
  const list = await ask(tab, { name, route: 'GET /api/analyses' }, { address: '/api/analyses' })
  const known = pick(tab.random, jsonOf<{ analyses: { id: string }[] }>(list).analyses ?? [])
  if (known === undefined) return judge(tab, list, [200])
  const owner = { user: tab.person.user, era: tab.era.number, field: 'analysis id', version: 0 }
  tab.world.canaries.register(known.id, owner)
  const reply = await ask(
    tab,
    { name, route: 'GET /api/analyses/{analysisId}' },
    { address: `/api/analyses/${known.id}` },
  )
  const { analysis } = jsonOf<AnalysisReply>(reply)
  if (analysis === undefined) return judge(tab, reply, [200])
  const edition = tab.era.editions.find(({ sha256 }) => sha256 === analysis.inputs.wards?.sha256)
  // Wards of a facility table have no edition.
  if (edition === undefined && analysis.inputs.wards !== null)
    report(tab, reply, 'An opened project ranks a ward table that its person never uploaded')
  const wrong = edition === undefined ? null : misfit(edition.ranking, analysis.wards)
  if (wrong !== null) report(tab, reply, `An opened project: ${wrong}`)
  return 'done'
}

/** Says that figures are not what they must be. */
export function report(
  { world, person, era }: { world: Tab['world']; person: Tab['person']; era: Pick<Era, 'number'> },
  { method, address }: Exchange,
  detail: string,
): void {
  world.inspector.report({
    kind: 'wrong numbers',
    detail,
    viewer: { user: person.user, era: era.number },
    request: `${method} ${address}`,
  })
}
