import { isCanary, type Canaries, type Owner } from './canaries.ts'
import { sightings, type Sighting } from './scan.ts'

/** Something in a place where it must not be. */
export interface Leak {
  readonly where: string
  readonly detail: string
}

/** Objects that only the service reads, under `sessions/{session id}/`. */
const SEALED = /^(?:datasets|outlines|plan-basis)\//

/** What no log and nothing in Redis may show: the data and the tokens that open them. Names of data may be there. */
export function secretsIn(canaries: Canaries, bytes: Buffer): string[] {
  return sightings(bytes).flatMap(({ kind, found, as }) => {
    const owner = canaries.ownerOf(found)
    if (owner === undefined) return kind === 'text' && isCanary(found) ? [`A canary of another run, as ${as}`] : []
    return kind !== 'id' || owner.field === 'session token'
      ? [`${owner.field} of person ${owner.user}, session ${owner.era}, as ${as}`]
      : []
  })
}

/** What an object's name and bytes must not hold: any canary in a sealed one, any but its owner's in another. */
export function leaksInObject(canaries: Canaries, key: string, body: Buffer): string[] {
  const [, sessionId = '', name = ''] = /^sessions\/([^/]+)\/(.+)$/.exec(key) ?? []
  const holder = canaries.ownerOf(sessionId)
  const isSealed = SEALED.test(name)
  const judged = (seen: readonly Sighting[], sealed: boolean): string[] =>
    seen.flatMap(({ kind, found, as }) => {
      const owner = canaries.ownerOf(found)
      if (owner === undefined)
        return kind === 'text' && isCanary(found) && holder !== undefined ? [`A canary of another run, as ${as}`] : []
      if (!sealed && isSame(owner, holder) && owner.field !== 'session token') return []
      return [
        `${owner.field} of person ${owner.user}, session ${owner.era}, as ${as}${sealed ? ', in a sealed object' : ''}`,
      ]
    })
  return [...judged(sightings(Buffer.from(name)), false), ...judged(sightings(body), isSealed)]
}

function isSame(owner: Owner, holder: Owner | undefined): boolean {
  return holder?.user === owner.user && holder.era === owner.era
}
