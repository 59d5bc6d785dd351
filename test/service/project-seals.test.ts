import t from 'tap'
import { personIdOf, type Person } from '../../service/session/person.ts'
import { ProjectKey, projectSeals } from '../../service/session/project-seals.ts'
import { SealBroken } from '../../service/session/seal.ts'

const ISSUER = 'https://id.example.org'
const PLACE = 'projects/a/b/manifest-000001'
const secret = (id: string, letter: string) => ({ id, secret: letter.repeat(40) })
const seals = projectSeals([secret('s1', 'a')])

function someone(subject: string, issuer = ISSUER): Person {
  return { personId: personIdOf(issuer, subject), issuer, subject, authTime: 0, epoch: 1 }
}

t.test('the key of a project', async (t) => {
  const key = ProjectKey.make()
  const alice = someone('alice')
  const wrapped = seals.wrap(alice, PLACE, key)
  const sealed = key.seal('here', Buffer.from('wards'))
  t.equal(seals.open(alice, PLACE, wrapped).open('here', sealed).toString(), 'wards')
  t.equal(seals.open(alice, PLACE, wrapped).ownerTag, key.ownerTag)
  const refuse = (what: string, open: () => unknown): void => {
    t.throws(open, SealBroken, what)
  }
  refuse('for another subject of the issuer', () => seals.open(someone('bob'), PLACE, wrapped))
  refuse('for the same subject of another issuer', () => seals.open(someone('alice', 'https://x.org'), PLACE, wrapped))
  refuse('in another place', () => seals.open(alice, 'projects/a/c/manifest-000001', wrapped))
  refuse('with another secret', () => projectSeals([secret('s1', 'b')]).open(alice, PLACE, wrapped))
  refuse('what it sealed, with the key of another project', () => ProjectKey.make().open('here', sealed))
  refuse('what it sealed, in another place', () => key.open('there', sealed))
  t.equal(JSON.stringify({ key }), '{"key":"[ProjectKey]"}', 'no log can show it')

  const rotated = projectSeals([secret('s2', 'c'), secret('s1', 'a')])
  t.equal(rotated.open(alice, PLACE, wrapped).ownerTag, key.ownerTag)
  t.strictSame([seals.isCurrent(wrapped), rotated.isCurrent(wrapped)], [true, false])
  t.ok(rotated.isCurrent(rotated.wrap(alice, PLACE, key)))
})

t.test('the id of a project says whose it is', async (t) => {
  const [alice, bob] = [someone('alice'), someone('bob')]
  const id = seals.mintId(alice)
  t.match(id, /^[A-Za-z0-9_-]{40}$/)
  t.not(seals.mintId(alice), id)
  t.strictSame([seals.originOf(alice, id), seals.originOf(bob, id)], ['own', 'foreign'])
  const other = (at: number): string => `${id.slice(0, at)}${id[at] === 'A' ? 'B' : 'A'}${id.slice(at + 1)}`
  for (const made of ['', 'x', `${id}A`, other(0), other(24), `${id}\n`])
    t.equal(seals.originOf(alice, made), 'unknown', JSON.stringify(made))
  t.equal(seals.originOf(alice, other(32)), 'foreign', 'the mark of its person is another')
  t.equal(projectSeals([secret('s2', 'c'), secret('s1', 'a')]).originOf(alice, id), 'own', 'after a rotation')
  t.equal(projectSeals([secret('s2', 'c')]).originOf(bob, id), 'unknown', 'when the secret is gone')
})
