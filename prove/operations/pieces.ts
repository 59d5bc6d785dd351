import { jsonOf } from '../client.ts'
import { makeBoundaries } from '../made-data.ts'
import type { Outcome } from '../outcome.ts'
import { ask, judge, type Operation, type Tab } from '../world.ts'
import { announce, complete, formOf, STORE, type Post } from './files.ts'

interface Piece extends Post {
  readonly number: number
  readonly bytes: number
}

const PIECES = 3
const ROUTE = 'GET /api/files/{fileId}/pieces'

/** Boundaries that arrive in pieces: the first alone, then what the service says is missing. */
export function pieceOperations(): Operation[] {
  return [{ name: 'upload boundaries in pieces', route: ROUTE, heavy: true, weight: 1, run: uploadInPieces }]
}

async function uploadInPieces(tab: Tab): Promise<Outcome> {
  const { era, person, world } = tab
  const name = 'upload boundaries in pieces'
  const edition = tab.era.editions.at(-1)
  if (edition === undefined) return 'skipped'
  const label = world.canaries.text({
    user: person.user,
    era: era.number,
    field: 'boundaries file name',
    version: era.names++,
  })
  const bytes = makeBoundaries(edition)
  const file = { role: 'boundaries', filename: `${label}.geojson`, bytes: bytes.length, pieces: PIECES } as const
  const { outcome, announced, record } = await announce<readonly Piece[]>(tab, name, file)
  if (announced === undefined || record === undefined) return outcome
  const pieces = announced.upload
  const startOf = ({ number }: Piece): number =>
    pieces.filter((piece) => piece.number < number).reduce((sum, piece) => sum + piece.bytes, 0)
  const post = async (piece: Piece): Promise<Outcome> => {
    const posted = await world.client.send({
      user: person.user,
      era: era.number,
      operation: name,
      route: STORE,
      method: 'POST',
      address: piece.url,
      ...formOf(piece.fields, bytes.subarray(startOf(piece), startOf(piece) + piece.bytes)),
    })
    return [200, 201, 204].includes(posted.status) ? 'done' : judge(tab, posted, [204])
  }
  const [first] = pieces
  const sent = first === undefined ? 'done' : await post(first)
  if (sent !== 'done') return sent
  const reply = await ask(tab, { name, route: ROUTE }, { address: `/api/files/${record.id}/pieces` })
  const told = judge(tab, reply, [200])
  if (told !== 'done') return told
  for (const piece of jsonOf<{ missing: Piece[] }>(reply).missing ?? []) {
    const more = await post(piece)
    if (more !== 'done') return more
  }
  return await complete(tab, name, record, undefined)
}
