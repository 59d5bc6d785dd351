import { ListObjectVersionsCommand, type S3Client } from '@aws-sdk/client-s3'
import type { Test } from 'tap'
import type { S3Address } from '../../local/prepare-bucket.ts'
import { s3Client } from '../../local/prepare-bucket.ts'
import type { LocalRedis } from '../../local/redis.ts'
import { personOfCrowd } from '../../local/sign-in/people.ts'
import { personIdOf } from '../../service/session/person.ts'
import { person, repeated, type Person, type Reply } from './client.ts'
import { envFor, redis, s3, secrets, startService, type TestService } from './parts.ts'
import { putBackSignIn } from './earlier-sign-in.ts'
import { provider, signIn } from './sign-in.ts'

/** A project as its person sees it. */
export interface KeptProject {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly bytes: number
  readonly createdAt: string
  readonly savedAt: string
  readonly usedAt: string
}
export interface Listing {
  readonly projects: readonly KeptProject[]
  readonly open: { readonly id: string; readonly version: number } | null
  readonly limits: { readonly projects: number; readonly bytes: number; readonly keepDays: number }
}

export const listing = async (who: Person): Promise<Listing> => (await who.get('/api/projects')).json<Listing>()
export const projectIn = (reply: Reply): KeptProject => reply.json<{ project: KeptProject }>().project

export interface StackWithSignIn {
  readonly server: LocalRedis
  readonly objects: S3Address
  readonly env: Readonly<Record<string, string>>
  readonly service: TestService
  /** What the service is told of its provider. */
  readonly signInEnv: Readonly<Record<string, string>>
  readonly store: S3Client
  /** What names alice or bob in the keys of the object store. */
  personIdOf(name: string): string
  /** Alice or Bob on a new device, signed in so long ago; below 0, so long in the future. */
  device(name: 'alice' | 'bob', agoMs?: number): Promise<Person>
  /** Every version of every object under a prefix, with what deletions have left. */
  versions(prefix: string): Promise<readonly string[]>
}

/** A service to which two people sign in with a provider, and its parts. */
export async function stackWithSignIn(t: Test, given = secrets()): Promise<StackWithSignIn> {
  const [server, objects, issuer] = await Promise.all([redis(t), s3(t), provider(t)])
  const env = { ...envFor(server, objects, given), ...issuer.env }
  const service = await startService(t, {
    redis: server,
    s3: objects,
    secrets: given,
    env: issuer.env,
    port: issuer.servicePort,
  })
  const store = s3Client(objects)
  t.teardown(() => {
    store.destroy()
  })
  return {
    server,
    objects,
    env,
    service,
    signInEnv: issuer.env,
    store,
    personIdOf: (name) => personIdOf(issuer.issuer, personOfCrowd(name).id),
    async device(name, agoMs = 0) {
      const who = person(t, service.url)
      await who.start()
      const reply = await signIn(who, personOfCrowd(name).id)
      if (reply.status !== 303) throw new Error(`Not signed in: ${String(reply.status)} ${reply.text}`)
      if (agoMs !== 0) await putBackSignIn(t, env, who, agoMs)
      return who
    },
    async versions(Prefix) {
      const { Versions = [], DeleteMarkers = [] } = await store.send(
        new ListObjectVersionsCommand({ Bucket: objects.bucket, Prefix }),
      )
      return [...Versions, ...DeleteMarkers].map(({ Key = '' }) => Key)
    },
  }
}

/** Saves somebody's session as a new project. */
export async function save(who: Person, name: string, chat = false): Promise<KeptProject> {
  const reply = await repeated(() => who.post('/api/projects', { name, chat }))
  if (reply.status !== 201) throw new Error(`Not saved: ${String(reply.status)} ${reply.text}`)
  return projectIn(reply)
}

export const patch = (who: Person, id: string, body: unknown): Promise<Reply> =>
  who.send('PATCH', `/api/projects/${id}`, { body })
