import { ListObjectVersionsCommand, type S3Client } from '@aws-sdk/client-s3'
import type { Test } from 'tap'
import type { S3Address } from '../../local/prepare-bucket.ts'
import { s3Client } from '../../local/prepare-bucket.ts'
import type { LocalRedis } from '../../local/redis.ts'
import { person, repeated, type Person, type Reply } from './client.ts'
import { envFor, redis, s3, secrets, startService, type TestService } from './parts.ts'
import { SIGN_IN_ENV, signInOfTests, type SignInOfTests } from './signed-in.ts'

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
  readonly provider: SignInOfTests
  readonly store: S3Client
  /** Somebody on a new device, signed in `agoMs` before now. */
  device(subject: string, agoMs?: number): Promise<Person>
  /** Every version of every object under a prefix, with what deletions have left. */
  versions(prefix: string): Promise<readonly string[]>
}

/** A service to which people can be signed in, and its parts. */
export async function stackWithSignIn(t: Test, given = secrets()): Promise<StackWithSignIn> {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const env = { ...envFor(server, objects, given), ...SIGN_IN_ENV }
  const service = await startService(t, { redis: server, s3: objects, secrets: given, env: SIGN_IN_ENV })
  const provider = signInOfTests(t, server, env)
  const store = s3Client(objects)
  t.teardown(() => {
    store.destroy()
  })
  return {
    server,
    objects,
    env,
    service,
    provider,
    store,
    async device(subject, agoMs = 0) {
      const who = person(t, service.url)
      await who.start()
      await provider.signIn(who, subject, agoMs)
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
