import type { AuditAbout } from './audit/audit-trail.ts'
import type { AuditEvent } from './audit/audit-events.ts'
import { RULE_VARIANTS } from './domain/arena/arena-rules.ts'
import { Fault } from './domain/fault.ts'
import { say } from './domain/said.ts'
import { KEPT_LIMITS } from './domain/project/kept-limits.ts'
import type { Metrics } from './metrics/metrics.ts'
import type { Model } from './models/model.ts'
import type { Program } from './domain/project/contents.ts'
import type { ProjectKeys } from './session/project-keys.ts'
import type { ProjectSeals } from './session/project-seals.ts'
import type { SessionScope } from './session/scope.ts'
import { arenaLog, type ArenaLog } from './stores/arena-log.ts'
import { chatLog, type ChatLog } from './stores/chat-log.ts'
import { derivedObjects, type DerivedObjects } from './stores/derived-objects.ts'
import { objectStore, type Bucket, type ObjectStore } from './stores/objects.ts'
import { projectStore, type ProjectStore } from './stores/project-store.ts'
import type { RedisConnection } from './stores/redis.ts'
import { voteTally, type VoteTally } from './stores/vote-tally.ts'
import { workspaceStore, type WorkspaceStore } from './stores/workspace.ts'
import type { ExportJobName, ExportJobs, JobName, Jobs } from './work/load-job.ts'
import type { Owner } from './work/fair-queue.ts'
import type { FileRoom } from './work/file-room.ts'
import type { JobInput } from './work/given.ts'
import type { MadeFile, Workshop } from './work/workshop.ts'

/** All that a feature may use: the stores of one session, with no way to name another session. */
export interface RequestContext {
  readonly workspace: WorkspaceStore
  readonly objects: ObjectStore
  /** What is made from the session's files, named by their content. */
  readonly derived: DerivedObjects
  readonly chat: ChatLog
  readonly arena: ArenaLog
  /** The votes of all sessions, as counts. */
  readonly tally: VoteTally
  /** When the person last signed in, in milliseconds since 1970; null in an anonymous session. */
  signedInAt(): number | null
  /**
   * What the sign-in provider calls the person; null in an anonymous session. Only locks that the person sets tell it.
   */
  personName(): string | null
  /** The projects that the person keeps, for people who are signed in. */
  readonly projects: ProjectStore
  readonly ids: Ids
  readonly metrics: Pick<Metrics, 'chatTurn' | 'projectOpened' | 'savedProject'>
  /** Marks project files and knows their marks again. */
  readonly projectKeys: ProjectKeys
  /** What this build is called, for what it writes. */
  readonly program: Program
  /** The configured language models; the first answers in the chat. When there are none, the rules answer. */
  readonly models: readonly Model[]
  /** Aborted when the client has left or the reply is gone. */
  readonly signal: AbortSignal
  /**
   * Carries out CPU work when it is this session's turn: on its own thread, which ends with it, or on this one when it
   * is small.
   */
  work<Name extends JobName>(
    name: Name,
    input: JobInput<Parameters<Jobs[Name]>[0]>,
  ): Promise<Awaited<ReturnType<Jobs[Name]>>>
  /**
   * Runs `use`, which fetches and holds files of so many bytes, when it is this session's turn: large files are held
   * one at a time. `use` must not call this again.
   */
  holdFile<T>(bytes: number, use: () => Promise<T>): Promise<T>
  /**
   * Takes room for draws of so many bytes, which are kept from one job to the next, when it is this session's turn.
   * Large ones are made one at a time. Resolves to the function that gives the room back.
   */
  holdDraws(bytes: number): Promise<() => void>
  /** Makes a file on such a thread, which is held until `take` is done with the file. */
  make<Name extends ExportJobName, T>(
    name: Name,
    input: JobInput<Parameters<ExportJobs[Name]>[0]>,
    take: (file: MadeFile) => Promise<T>,
  ): Promise<T>
  /**
   * Runs one of several steps of a long request. What the step reads of objects counts as held until the step ends, and
   * not until the request does: it must not be kept.
   */
  step<T>(use: (ctx: RequestContext) => Promise<T>): Promise<T>
  /** Milliseconds since 1970. */
  now(): number
  /** Records what this session or its person did. Whom it is about is known: `what` names the thing. */
  audit(event: AuditEvent, what?: Pick<AuditAbout, 'project' | 'plan'>): void
  /** For failures that do not fail the request; never with user data. */
  warn(error: unknown, message: string): void
}

export interface Ids {
  mint(): string
  /**
   * @throws Fault `not-found` alike when the id is another session's, unknown or malformed; the first case is counted
   */
  find<T extends { readonly id: string }>(entries: readonly T[], id: string): T
}

/** Parts that outlive requests. None of them holds user data. */
export interface Clients {
  readonly redis: RedisConnection
  readonly bucket: Bucket
  readonly workshop: Workshop
  readonly fileRoom: FileRoom
  /** Apart from files, so that neither waits for the other. */
  readonly drawRoom: FileRoom
  readonly models: readonly Model[]
  readonly metrics: Metrics
  readonly projectKeys: ProjectKeys
  readonly projectSeals: ProjectSeals
  readonly program: Program
}

/** The context of one request, made from its scope. */
export function openContext(
  clients: Clients,
  scope: SessionScope,
  request: {
    readonly owner: Owner
    readonly signal: AbortSignal
    readonly warn: RequestContext['warn']
    readonly audit: RequestContext['audit']
  },
): RequestContext {
  const { redis, bucket, workshop, fileRoom, drawRoom, models, metrics, projectKeys, projectSeals, program } = clients
  const objects = objectStore(bucket, scope, request.signal)
  const contestants = [...models.map(({ name }) => name), ...RULE_VARIANTS]
  const ctx: RequestContext = {
    workspace: workspaceStore(redis, scope, metrics),
    objects,
    derived: derivedObjects(objects, metrics),
    chat: chatLog(redis, scope, metrics),
    arena: arenaLog(redis, scope, metrics, contestants),
    tally: voteTally(redis, contestants),
    signedInAt: () => scope.person?.authTime ?? null,
    personName: () => scope.person?.name ?? null,
    projects: projectStore(scope, {
      redis,
      bucket,
      seals: projectSeals,
      limits: KEPT_LIMITS,
      now: Date.now,
      onForeignId: () => {
        request.audit('foreign-id')
      },
      warn: request.warn,
    }),
    ids: {
      mint: () => scope.mintId(),
      find: (entries, id) => {
        const origin = scope.originOf(id)
        if (origin === 'foreign') request.audit('foreign-id')
        const entry = origin === 'own' ? entries.find((candidate) => candidate.id === id) : undefined
        if (entry === undefined) throw new Fault('not-found', say('nothing-with-id', {}))
        return entry
      },
    },
    models,
    metrics,
    projectKeys,
    program,
    signal: request.signal,
    work: (name, input) => workshop.run(name, input, request.owner, request.signal),
    holdFile: (bytes, use) => fileRoom.hold(bytes, request.owner, request.signal, use),
    holdDraws: (bytes) => drawRoom.enter(bytes, request.owner, request.signal),
    make: (name, input, take) => workshop.make(name, input, request.owner, request.signal, take),
    step: async (use) => {
      const ended = new AbortController()
      const signal = AbortSignal.any([request.signal, ended.signal])
      const own = objectStore(bucket, scope, signal)
      try {
        return await use({ ...ctx, signal, objects: own, derived: derivedObjects(own, metrics) })
      } finally {
        ended.abort()
      }
    },
    now: Date.now,
    audit: request.audit,
    warn: request.warn,
  }
  return ctx
}
