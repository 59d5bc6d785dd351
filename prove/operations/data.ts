import { jsonOf, problemOf } from '../client.ts'
import { uploadBoundaries } from './files.ts'
import { ask, judge, type Operation } from '../world.ts'

interface DatasetReply {
  readonly version: number
  readonly wards: number
  readonly columns: readonly { readonly name: string; readonly min?: number }[]
}
interface ShapesReply {
  readonly features: readonly { readonly properties: Readonly<Record<string, unknown>> }[]
}

export function datasetOperations(): Operation[] {
  return [
    {
      name: 'describe the data',
      route: 'GET /api/dataset',
      heavy: true,
      weight: 2,
      async run(tab) {
        const { era, world, person } = tab
        const reply = await ask(tab, this, { address: '/api/dataset' })
        const outcome = judge(tab, reply, era.editions.length === 0 ? [200, 409] : [200])
        const span = { begin: reply.begin, end: reply.end }
        if (reply.status === 409) era.reads.push({ ...span, value: 'no data' })
        if (reply.status !== 200) return outcome
        const { version = 0, wards, columns = [] } = jsonOf<DatasetReply>(reply)
        const least = columns.find(({ name }) => name === 'tpr')?.min
        const edition = era.editions.find((made) => made.least === least)
        if (edition === undefined || wards !== edition.wardNames.length) {
          world.inspector.report({
            kind: 'wrong numbers',
            detail:
              `The data are described with ${String(wards)} wards and a least value of ${String(least)}, ` +
              'which this session never uploaded',
            viewer: { user: person.user, era: era.number },
            request: 'GET /api/dataset',
          })
          return outcome
        }
        era.reads.push({ ...span, value: edition.filename })
        era.versions.push({ ...span, version, edition: edition.version })
        return outcome
      },
    },
    {
      name: 'refuse a match',
      route: 'POST /api/dataset/matches',
      heavy: true,
      weight: 1,
      async run(tab) {
        const { era } = tab
        const edition = era.editions.at(-1)
        if (edition === undefined) return 'skipped'
        const outlined = era.files.some(({ role, state }) => role === 'boundaries' && state === 'ready')
          ? 'done'
          : await uploadBoundaries(tab)
        if (outlined !== 'done') return outlined
        const change = { begin: performance.now(), end: Infinity }
        era.changes.push(change)
        const [ward, boundary] = edition.wardNames
        const reply = await ask(tab, this, { address: '/api/dataset/matches', body: { refuse: [{ ward, boundary }] } })
        // The data may be replaced meanwhile.
        const replaced =
          reply.status === 409 &&
          problemOf(reply) === 'stale' &&
          era.changes.some((other) => other !== change && other.begin < reply.end && other.end > reply.begin)
        const outcome = judge(tab, reply, replaced ? [200, 409] : [200])
        if (reply.status === 200) {
          change.end = reply.end
          // The reply comes after the change, so the version is that of the change or a later one.
          era.versions.push({
            begin: reply.begin,
            end: reply.end,
            version: jsonOf<DatasetReply>(reply).version ?? 0,
            edition:
              era.editions.find(
                ({ least }) => least === jsonOf<DatasetReply>(reply).columns?.find(({ name }) => name === 'tpr')?.min,
              )?.version ?? null,
          })
        }
        return outcome
      },
    },
    {
      name: 'see the shapes',
      route: 'GET /api/dataset/shapes',
      heavy: true,
      weight: 1,
      async run(tab) {
        const { era, world, person } = tab
        if (era.editions.length === 0) return 'skipped'
        const outlined = era.files.some(({ role, state }) => role === 'boundaries' && state === 'ready')
          ? 'done'
          : await uploadBoundaries(tab)
        if (outlined !== 'done') return outlined
        const reply = await ask(tab, this, { address: '/api/dataset/shapes' })
        const outcome = judge(tab, reply, [200])
        if (outcome === 'done' && jsonOf<ShapesReply>(reply).features?.length !== era.editions[0]?.wardNames.length) {
          world.inspector.report({
            kind: 'wrong numbers',
            detail: 'The map has not the wards that were uploaded',
            viewer: { user: person.user, era: era.number },
            request: 'GET /api/dataset/shapes',
          })
        }
        return outcome
      },
    },
  ]
}
