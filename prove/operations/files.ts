import { jsonOf, type Exchange } from '../client.ts'
import type { Creation } from '../history.ts'
import { makeBoundaries, makeEdition, type Edition } from '../made-data.ts'
import type { Outcome } from '../outcome.ts'
import type { FileRecord } from '../person.ts'
import { ask, judge, pick, type Operation, type Tab } from '../world.ts'

interface FileView {
  readonly id: string
  readonly filename: string
  readonly role: string
  readonly state: string
}
/** A presigned post. */
export interface Post {
  readonly url: string
  readonly fields: Readonly<Record<string, string>>
}

interface Announced<Upload> {
  readonly file: FileView
  readonly upload: Upload
}

const ANNOUNCE = 'POST /api/files'
const COMPLETE = 'POST /api/files/{fileId}/complete'
export const STORE = 'object store'
/** The end of the names of files that are announced and never posted. */
const NOTE = '.note.csv'

export function fileOperations(): Operation[] {
  return [
    {
      name: 'upload a ward table',
      route: COMPLETE,
      heavy: true,
      weight: 0,
      run: uploadWards,
    },
    {
      name: 'upload boundaries',
      route: COMPLETE,
      heavy: true,
      weight: 1,
      run: uploadBoundaries,
    },
    {
      name: 'announce a file',
      route: ANNOUNCE,
      weight: 2,
      async run(tab) {
        const { outcome } = await announce(tab, this.name, { role: 'wards', filename: freshName(tab), bytes: 1_000 })
        return outcome
      },
    },
    {
      name: 'list the files',
      route: 'GET /api/files',
      weight: 4,
      run: async (tab) => (await listFiles(tab, 'list the files')).outcome,
    },
    {
      name: 'remove an awaited file',
      route: 'DELETE /api/files/{fileId}',
      weight: 2,
      async run(tab) {
        const file = pick(tab.random, awaited(tab))
        if (file === undefined) return 'skipped'
        file.creation.removal = { begin: performance.now(), end: Infinity }
        const reply = await ask(tab, this, { address: `/api/files/${file.id}` })
        // A request that was refused for now may still have been done; then the second one finds nothing to remove.
        if (reply.status === 204) {
          file.state = 'removed'
          file.creation.removal = { begin: file.creation.removal.begin, end: reply.end }
        }
        return judge(tab, reply, [204])
      },
    },
    {
      name: 'complete a file again',
      route: COMPLETE,
      weight: 1,
      async run(tab) {
        const file = tab.era.files.findLast(({ state, role }) => state === 'ready' && role === 'wards')
        if (file === undefined || isLeaving(file)) return 'skipped'
        const reply = await ask(tab, this, { address: `/api/files/${file.id}/complete` })
        // Another table may replace it meanwhile.
        return judge(tab, reply, isLeaving(file) ? [200, 404] : [200])
      },
    },
    {
      name: 'settle the reading of the wards',
      route: 'PUT /api/files/{fileId}/reading',
      heavy: true,
      weight: 1,
      run: settleReading,
    },
    {
      name: 'complete what was never uploaded',
      route: COMPLETE,
      weight: 1,
      async run(tab) {
        const file = pick(tab.random, awaited(tab))
        return file === undefined
          ? 'skipped'
          : judge(
              tab,
              await ask(tab, this, { address: `/api/files/${file.id}/complete` }),
              isLeaving(file) ? [409, 404] : [409],
            )
      },
    },
    {
      name: 'write, then read on every task',
      route: 'GET /api/files',
      weight: 1,
      run: probe,
    },
  ]
}

/** Names a mark for missing values that no cell has: nobody else may ever be shown it, and no figure changes. */
async function settleReading(this: Operation, tab: Tab): Promise<Outcome> {
  const { era, person, world } = tab
  const file = era.files.findLast(({ state, role }) => state === 'ready' && role === 'wards')
  if (file === undefined || isLeaving(file)) return 'skipped'
  const change = { begin: performance.now(), end: Infinity }
  era.changes.push(change)
  const mark = world.canaries.text({
    user: person.user,
    era: era.number,
    field: 'mark for missing values',
    version: era.names++,
  })
  const reply = await ask(tab, this, { address: `/api/files/${file.id}/reading`, body: { missing: [mark] } })
  // Another request of the same person may change or replace the file meanwhile.
  const overtaken = era.changes.some((other) => other !== change && other.begin < reply.end && other.end > reply.begin)
  if (reply.status === 200) {
    change.end = reply.end
    const { file: shown } = jsonOf<{ file: { choices?: { missing?: readonly string[] } } }>(reply)
    if (shown?.choices?.missing?.[0] !== mark)
      world.inspector.report({
        kind: 'wrong numbers',
        detail: 'A reading was settled, and the reply shows another',
        viewer: { user: person.user, era: era.number },
        request: 'PUT /api/files/{fileId}/reading',
      })
  }
  return judge(tab, reply, overtaken ? [200, 404, 409] : [200])
}

/** Writes, then reads over new connections until every task has answered: all know what one task acknowledged. */
async function probe(tab: Tab): Promise<Outcome> {
  const file = { role: 'wards', filename: freshName(tab), bytes: 1_000 } as const
  const { outcome } = await announce(tab, 'write, then read on every task', file)
  if (outcome !== 'done') return outcome
  const met = new Set<string>()
  for (let reads = 0; reads < 15 && met.size < tab.world.tasks; reads += 1) {
    const read = await listFiles(tab, 'write, then read on every task', true)
    if (read.outcome !== 'done') return read.outcome
    if (read.exchange.task !== undefined) met.add(read.exchange.task)
  }
  return 'done'
}

export async function listFiles(
  tab: Tab,
  name: string,
  fresh = false,
): Promise<{ outcome: Outcome; exchange: Exchange }> {
  const exchange = await ask(tab, { name, route: 'GET /api/files' }, { address: '/api/files', fresh })
  const outcome = judge(tab, exchange, [200])
  if (outcome === 'done') {
    const { files = [] } = jsonOf<{ files: FileView[] }>(exchange)
    tab.era.listed.files.push({ begin: exchange.begin, end: exchange.end, keys: files.map(({ filename }) => filename) })
    const current = files.find(({ role, state }) => role === 'wards' && state === 'ready')
    tab.era.reads.push({ begin: exchange.begin, end: exchange.end, value: current?.filename ?? 'no data' })
  }
  return { outcome, exchange }
}

async function uploadWards(tab: Tab): Promise<Outcome> {
  const { era, person, world } = tab
  const edition = makeEdition(world.canaries, person.user, era.number, era.editions.length)
  era.editions.push(edition)
  return await upload(tab, 'upload a ward table', 'wards', edition.filename, edition.csv, edition)
}

export async function uploadBoundaries(tab: Tab): Promise<Outcome> {
  const edition = tab.era.editions.at(-1)
  if (edition === undefined) return 'skipped'
  const name = tab.world.canaries.text({
    user: tab.person.user,
    era: tab.era.number,
    field: 'boundaries file name',
    version: tab.era.names++,
  })
  return await upload(tab, 'upload boundaries', 'boundaries', `${name}.geojson`, makeBoundaries(edition))
}

/** Announces, posts and completes a file, as part of the operation `name`. */
export async function upload(
  tab: Tab,
  name: string,
  role: FileRecord['role'],
  filename: string,
  bytes: Buffer,
  edition?: Edition,
): Promise<Outcome> {
  const { outcome, announced, record } = await announce(tab, name, { role, filename, bytes: bytes.length })
  if (announced === undefined || record === undefined) return outcome
  const form = formOf(announced.upload.fields, bytes)
  const posted = await tab.world.client.send({
    user: tab.person.user,
    era: tab.era.number,
    operation: name,
    route: STORE,
    method: 'POST',
    address: announced.upload.url,
    ...form,
  })
  if (![200, 201, 204].includes(posted.status)) return judge(tab, posted, [204])
  return await complete(tab, name, record, edition)
}

export async function complete(
  tab: Tab,
  name: string,
  record: FileRecord,
  edition: Edition | undefined,
): Promise<Outcome> {
  const { era } = tab
  const begin = performance.now()
  const change = { begin, end: Infinity }
  const write = { value: record.creation.key ?? '', begin, end: Infinity }
  era.changes.push(change)
  if (edition !== undefined) era.writes.push(write)
  record.completing = true
  const ready = era.files.filter(({ role, id, state }) => role === record.role && id !== record.id && state === 'ready')
  // A file whose completion was never acknowledged may be the current one, and may be removed too.
  const doubtful = era.files.filter(
    ({ role, id, state, completing }) => role === record.role && id !== record.id && state === 'awaiting' && completing,
  )
  for (const { creation } of [...ready, ...doubtful]) creation.removal ??= { begin, end: Infinity }
  for (let attempt = 0; ; attempt += 1) {
    const reply = await ask(
      tab,
      { name, route: COMPLETE, heavy: true },
      { address: `/api/files/${record.id}/complete` },
    )
    const outcome = judge(tab, reply, [200])
    if (outcome === 'refused' && attempt < 5) {
      tab.world.tally.refused(name)
      await waitOut(reply)
      continue
    }
    if (outcome !== 'done') return outcome
    change.end = reply.end
    write.end = reply.end
    record.state = 'ready'
    for (const file of ready) {
      file.state = 'removed'
      file.creation.removal = { begin: file.creation.removal?.begin ?? begin, end: reply.end }
    }
    return 'done'
  }
}

/** Announces a file as part of the operation `name`; `Upload` is a post, or a list of them for a file in pieces. */
export async function announce<Upload = Post>(
  tab: Tab,
  name: string,
  file: {
    readonly role: FileRecord['role']
    readonly filename: string
    readonly bytes: number
    readonly pieces?: number
  },
): Promise<{ outcome: Outcome; announced?: Announced<Upload>; record?: FileRecord }> {
  const { era, world, person } = tab
  const { role, filename } = file
  const reply = await ask(tab, { name, route: ANNOUNCE }, { address: '/api/files', body: file })
  const outcome = judge(tab, reply, [201])
  const creation: Creation = {
    begin: reply.begin,
    end: outcome === 'done' ? reply.end : Infinity,
    key: filename,
    outcome: outcome === 'done' ? 'acknowledged' : reply.status >= 400 && reply.status < 500 ? 'refused' : 'unknown',
  }
  era.made.files.push(creation)
  const announced = jsonOf<Announced<Upload>>(reply)
  if (outcome !== 'done' || announced.file === undefined || announced.upload === undefined) return { outcome }
  world.canaries.register(announced.file.id, {
    user: person.user,
    era: era.number,
    field: 'file id',
    version: era.files.length,
  })
  const record: FileRecord = { id: announced.file.id, role, creation, state: 'awaiting', completing: false }
  era.files.push(record)
  return { outcome, announced: announced as Announced<Upload>, record }
}

/** Slots without a posted file that nobody has asked to remove. */
function awaited({ era }: Tab): FileRecord[] {
  return era.files.filter(
    ({ state, completing, creation }) =>
      state === 'awaiting' && !completing && creation.removal === undefined && creation.key?.endsWith(NOTE) === true,
  )
}

function isLeaving({ creation }: FileRecord): boolean {
  return creation.removal !== undefined
}

function freshName({ world, person, era }: Tab): string {
  const owner = { user: person.user, era: era.number, field: 'name of an awaited file', version: era.names++ }
  return `${world.canaries.text(owner)}${NOTE}`
}

/** As a browser posts it to the bucket. */
export function formOf(
  fields: Readonly<Record<string, string>>,
  bytes: Buffer,
): { body: Buffer; headers: Record<string, string> } {
  const boundary = 'prover-a1b2c3d4e5f6a7b8'
  const parts = Object.entries(fields)
    .map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
    .join('')
  return {
    body: Buffer.concat([
      Buffer.from(
        `${parts}--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="data"\r\n` +
          'Content-Type: application/octet-stream\r\n\r\n',
      ),
      bytes,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  }
}

/** Waits as long as the service asks for, or a moment. */
async function waitOut({ replyHeaders }: Exchange): Promise<void> {
  const seconds = Number(replyHeaders['retry-after'] ?? 0.3)
  await new Promise((resolve) => setTimeout(resolve, 1_000 * Math.min(5, seconds)))
}
