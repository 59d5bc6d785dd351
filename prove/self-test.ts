import { createCanaries, type Canaries } from './canaries.ts'
import type { Exchange } from './client.ts'
import { expectedRanking, misfit } from './expected-ranking.ts'
import { listFaults, monotonicFaults, registerFaults } from './history.ts'
import { createInspector, type ViolationKind } from './inspector.ts'
import { leaksInObject, secretsIn } from './leaks.ts'
import { battleFaults, countFaults } from './vote-history.ts'

export interface Planted {
  readonly name: string
  readonly reported: boolean
}

/**
 * Plants one violation of every kind and gives those that were reported. The last is a real reply of this run whose
 * canaries are given to another person in the registry. A detector that reports nothing proves nothing.
 */
export function selfTest(canaries: Canaries, real: Exchange | undefined): readonly Planted[] {
  const [own, other] = [
    { user: -1, era: 0, field: 'planted', version: 0 },
    { user: -2, era: 0, field: 'planted', version: 1 },
  ]
  const [text, number, mine] = [canaries.text(other), canaries.number(other), canaries.text(own)]
  canaries.register('planted-id-of-somebody-else-0001', other)
  canaries.register('planted-token-of-a-session-00001', { ...own, field: 'session token' })
  canaries.register('planted-id-of-a-session-00000001', { ...own, field: 'session id' })
  const stranger = createCanaries().text(other)
  const seen = (kind: ViolationKind, change: Partial<Exchange>, closed = false): boolean => {
    const inspector = createInspector(
      canaries,
      closed ? [{ fault: 'planted', begin: 0, end: Infinity, closed: true }] : [],
    )
    inspector.bury('session=dead', 5)
    inspector.expectAlive('session=alive', 5)
    inspector.inspect({ ...PLAIN, user: own.user, era: own.era, ...change })
    return inspector.violations.some((violation) => violation.kind === kind)
  }
  const body = (value: string | Buffer): Partial<Exchange> => ({ bytes: Buffer.from(value) })
  const [before, after] = [
    { begin: 1, end: 2 },
    { begin: 5, end: 6 },
  ]
  const tests: readonly (readonly [string, boolean])[] = [
    ['a foreign canary in a body', seen('foreign canary', body(`{"wardName":"${text}"}`))],
    ['in upper case', seen('foreign canary', body(text.toUpperCase()))],
    [
      'in base64, at each offset',
      ['', 'a', 'ab'].every((before_) =>
        seen('foreign canary', body(Buffer.from(`${before_}${text}, and more`).toString('base64'))),
      ),
    ],
    ['in UTF-16', seen('foreign canary', body(Buffer.from(`x${text}`, 'utf16le')))],
    [
      'in percent escapes',
      seen('foreign canary', body([...text].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join(''))),
    ],
    ['in hexadecimal', seen('foreign canary', body(Buffer.from(text).toString('hex')))],
    ['in a header', seen('foreign canary', { replyHeaders: { ...PLAIN.replyHeaders, location: `/${text}` } })],
    ['of another session of the same person', seen('foreign canary', { ...body(text), user: other.user, era: 1 })],
    ['a foreign cell value', seen('foreign canary', body(`[${number}]`))],
    ['a foreign id', seen('foreign id', body('planted-id-of-somebody-else-0001'))],
    ['a canary of another run', seen('unknown canary', body(stranger))],
    ['a reply that may be cached', seen('policy', { replyHeaders: { 'content-type': 'application/json' } })],
    ['a 500', seen('policy', { status: 500 })],
    ['a cookie that lives on', seen('revived session', { cookie: 'session=dead' })],
    ['a session that nobody ended', seen('ended session', { cookie: 'session=alive', status: 401 })],
    ['an answer without the session store', seen('fail open', { begin: 100, end: 101 }, true)],
    [
      'a read of what was replaced',
      registerFaults(
        [
          { value: 'a', ...before },
          { value: 'b', begin: 3, end: 4 },
        ],
        [{ value: 'a', ...after }],
      ).length > 0,
    ],
    [
      'a read of what was never written',
      registerFaults([{ value: 'a', ...before }], [{ value: 'b', ...after }]).length > 0,
    ],
    [
      'a version that goes back',
      monotonicFaults([
        { version: 2, ...before },
        { version: 1, ...after },
      ]).length > 0,
    ],
    [
      'an acknowledged write that is lost',
      listFaults([{ ...before, key: 'a', outcome: 'acknowledged' }], [{ ...after, keys: [] }]).length > 0,
    ],
    [
      'a write that happened twice',
      listFaults([{ ...before, key: 'a', outcome: 'acknowledged' }], [{ ...after, keys: ['a', 'a'] }]).length > 0,
    ],
    [
      'a refused write that happened',
      listFaults([{ ...before, key: 'a', outcome: 'refused' }], [{ ...after, keys: ['a'] }]).length > 0,
    ],
    [
      'a battle that takes two votes',
      battleFaults([
        { ...before, battle: 'x', outcome: 'taken', contestants: undefined },
        { ...after, battle: 'x', outcome: 'taken', contestants: undefined },
      ]).length > 0,
    ],
    [
      'a vote that is refused without one before it',
      battleFaults([{ ...before, battle: 'x', outcome: 'refused', contestants: undefined }]).length > 0,
    ],
    [
      'a vote that is lost',
      countFaults(
        [{ ...after, battle: 'x', outcome: 'taken', contestants: undefined }],
        [
          { ...before, votes: 0 },
          { begin: 8, end: 9, votes: 0 },
        ],
        [],
        true,
      ).length > 0,
    ],
    [
      'a vote that counts twice',
      countFaults(
        [{ ...after, battle: 'x', outcome: 'taken', contestants: undefined }],
        [
          { ...before, votes: 0 },
          { begin: 8, end: 9, votes: 2 },
        ],
        [],
        true,
      ).length > 0,
    ],
    ['data in a log or in Redis', secretsIn(canaries, Buffer.from(`{"msg":"${text}"}`)).length > 0],
    [
      'a session token in a log or in Redis',
      secretsIn(canaries, Buffer.from('token planted-token-of-a-session-00001 was refused')).length > 0,
    ],
    [
      "somebody else's data among a session's objects",
      leaksInObject(canaries, `${OWN_PREFIX}raw_data.csv`, Buffer.from(text)).length > 0 &&
        leaksInObject(canaries, `${OWN_PREFIX}raw_data.csv`, Buffer.from(mine)).length === 0,
    ],
    [
      "one's own data in an object that must be sealed",
      leaksInObject(canaries, `${OWN_PREFIX}datasets/2-1`, Buffer.from(mine)).length > 0,
    ],
    [
      "somebody else's id in the name of an object",
      leaksInObject(canaries, `${OWN_PREFIX}exports/planted-id-of-somebody-else-0001/report.html`, Buffer.alloc(0))
        .length > 0,
    ],
    [
      'a ranking of other data',
      misfit(
        expectedRanking(
          ['a', 'b'],
          [
            [1, 2],
            [3, 4],
          ],
          [false, false],
        ),
        [
          { wardName: 'b', score: 0.5, rank: 1, tier: 'Medium' },
          { wardName: 'a', score: 0, rank: 2, tier: 'Medium' },
        ],
      ) !== null,
    ],
    ['a real reply of this run, its canaries swapped to another person', real !== undefined && swapped(canaries, real)],
  ]
  return tests.map(([name, reported]) => ({ name, reported }))
}

function swapped(canaries: Canaries, real: Exchange): boolean {
  const inspect = (): number => {
    const inspector = createInspector(canaries, [])
    inspector.inspect(real)
    return inspector.count
  }
  const token = /zq[a-z2-7]{20}/.exec(real.bytes.toString('latin1'))?.[0] ?? ''
  const owner = canaries.ownerOf(token)
  if (owner === undefined || inspect() > 0) return false
  canaries.plant(token, { ...owner, user: owner.user + 1 })
  const reported = inspect() > 0
  canaries.plant(token, owner)
  return reported
}

const OWN_PREFIX = 'sessions/planted-id-of-a-session-00000001/'

const PLAIN: Exchange = {
  user: 0,
  era: 0,
  operation: 'planted',
  route: 'GET /api/files',
  method: 'GET',
  address: '/api/files',
  begin: 10,
  end: 20,
  status: 200,
  replyHeaders: { 'cache-control': 'no-store', 'content-type': 'application/json', 'x-request-id': 'planted-1' },
  bytes: Buffer.from('{}'),
  requestId: 'planted-1',
  task: 'planted',
  error: undefined,
}
