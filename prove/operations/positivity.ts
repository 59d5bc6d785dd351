import { jsonOf, problemOf } from '../client.ts'
import { makeFacilities } from '../made-data.ts'
import type { Outcome } from '../outcome.ts'
import { ask, judge, type Operation, type Tab } from '../world.ts'
import { upload } from './files.ts'

interface WardCounts {
  readonly tested: number
  readonly positive: number
}

interface PositivityReply {
  readonly version: number
  readonly positivity: {
    readonly wards: readonly (WardCounts & {
      readonly wardName: string
      readonly time?: { readonly years: readonly WardCounts[] }
    })[]
  }
}

const NAME = 'measure test positivity'

export function positivityOperations(): Operation[] {
  return [{ name: NAME, route: 'POST /api/dataset/positivity', heavy: true, weight: 1, run: measure }]
}

/** Uploads the session's own facility table and has it measured: the counts by ward must be those of the table. */
async function measure(tab: Tab): Promise<Outcome> {
  const { era, world, person } = tab
  const edition = era.editions.at(-1)
  if (edition === undefined) return 'skipped'
  const { csv, counts } = makeFacilities(world.canaries, person.user, edition, era.names++)
  const owner = { user: person.user, era: era.number, field: 'facilities file name', version: era.names++ }
  const filename = `${world.canaries.text(owner)}.csv`
  const uploaded = await upload(tab, NAME, 'facilities', filename, csv)
  if (uploaded !== 'done') return uploaded
  const change = { begin: performance.now(), end: Infinity }
  era.changes.push(change)
  const reply = await ask(
    tab,
    { name: NAME, route: 'POST /api/dataset/positivity', heavy: true },
    { address: '/api/dataset/positivity', body: { facilityLevel: 'all', age: 'u5', method: 'rdt', time: {} } },
  )
  const replaced =
    reply.status === 409 &&
    problemOf(reply) === 'stale' &&
    era.changes.some((other) => other !== change && other.begin < reply.end && other.end > reply.begin)
  const outcome = judge(tab, reply, replaced ? [200, 409] : [200])
  if (reply.status !== 200) return outcome
  change.end = reply.end
  const { version = 0, positivity } = jsonOf<PositivityReply>(reply)
  era.versions.push({ begin: reply.begin, end: reply.end, version, edition: null })
  const wrong = counts.filter(
    ({ wardName, tested, positive }) =>
      positivity?.wards.some(
        // All reports are of one month, so its year has the same counts.
        (ward) =>
          ward.wardName === wardName &&
          [ward, ward.time?.years[0]].every((part) => part?.tested === tested && part.positive === positive),
      ) !== true,
  )
  if (wrong.length > 0)
    world.inspector.report({
      kind: 'wrong numbers',
      detail: `Positivity of ${wrong.length} wards does not follow from the facility table`,
      viewer: { user: person.user, era: era.number },
      request: 'POST /api/dataset/positivity',
    })
  return outcome
}
