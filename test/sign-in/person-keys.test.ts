import { randomBytes } from 'node:crypto'
import t from 'tap'
import {
  openForPerson,
  openForService,
  SealBroken,
  sealForService,
  wrapForPerson,
  type SealSecrets,
} from '../../service/session/seal.ts'

const secret = (id: string): SealSecrets[0] => ({ id, secret: randomBytes(32).toString('hex') })
const [first, second] = [secret('a'), secret('b')]
const ada = { issuer: 'https://id.example.org', subject: 'ada' }
const key = randomBytes(32).toString('base64url')

t.test('a key that is wrapped for a person opens for that person, in its place, under known secrets', (t) => {
  const envelope = wrapForPerson([first], ada, 'projects/1', key)
  t.equal(openForPerson([first], ada, 'projects/1', envelope), key)
  t.equal(openForPerson([second, first], ada, 'projects/1', envelope), key, 'after a rotation')
  t.notMatch(envelope.toString('latin1'), key)
  for (const [what, open] of [
    ['another subject', () => openForPerson([first], { ...ada, subject: 'bob' }, 'projects/1', envelope)],
    [
      'another issuer',
      () => openForPerson([first], { ...ada, issuer: 'https://id2.example.org' }, 'projects/1', envelope),
    ],
    ['another place', () => openForPerson([first], ada, 'projects/2', envelope)],
    ['a secret that is gone', () => openForPerson([second], ada, 'projects/1', envelope)],
    ['another secret of the same name', () => openForPerson([secret('a')], ada, 'projects/1', envelope)],
    ['another use', () => openForService([first], 'own-session', 'projects/1', envelope)],
  ] as const)
    t.throws(open, SealBroken, what)
  for (let at = 0; at < envelope.length; at += 1) {
    const changed = Buffer.from(envelope)
    changed[at] = (changed[at] ?? 0) ^ 1
    t.throws(() => openForPerson([first], ada, 'projects/1', changed), SealBroken, `byte ${String(at)} changed`)
  }
  t.end()
})

t.test('what the service seals for one purpose opens for no other', (t) => {
  const envelope = sealForService([first], 'sign-in', 'place', 'text')
  t.equal(openForService([first], 'sign-in', 'place', envelope), 'text')
  t.throws(() => openForService([first], 'own-session', 'place', envelope), SealBroken)
  t.throws(() => openForService([first], 'sign-in', 'other', envelope), SealBroken)
  t.end()
})
