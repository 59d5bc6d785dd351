/**
 * What nobody may write. Each line under a directive must fail to compile; one that compiles makes the directive itself
 * an error, so `tsc` over this file is the test. Nothing here is ever run.
 */
import type { Clients, RequestContext } from '../../service/context.ts'
import type { ToolCall } from '../../service/domain/chat/tools.ts'
import * as calls from '../../service/features/tools/checked-call.ts'
import type { CheckedCall } from '../../service/features/tools/checked-call.ts'
import type { Metrics } from '../../service/metrics/metrics.ts'
import { route, type RouteInput } from '../../service/route.ts'
import * as scopes from '../../service/session/scope.ts'
import type { SessionIdentity, SessionScope } from '../../service/session/scope.ts'
import type { SealSecrets } from '../../service/session/seal.ts'
import { objectStore, type Bucket } from '../../service/stores/objects.ts'
import type { RedisConnection } from '../../service/stores/redis.ts'
import { workspaceStore } from '../../service/stores/workspace.ts'

declare const scope: SessionScope
declare const otherScope: SessionScope
declare const identity: SessionIdentity
declare const likeScope: { [Member in keyof SessionScope]: SessionScope[Member] }
declare const likeIdentity: { [Member in keyof SessionIdentity]: SessionIdentity[Member] }
declare const ctx: RequestContext
declare const input: RouteInput<unknown, unknown>
declare const call: ToolCall
declare const checked: CheckedCall
declare const likeChecked: { [Member in keyof CheckedCall]: CheckedCall[Member] }
declare const clients: Clients
declare const redis: RedisConnection
declare const bucket: Bucket
declare const metrics: Metrics
declare const keys: SealSecrets
declare const sessionId: string

/** Takes a scope; what is handed to it below is not one. */
declare function needsScope(scope: SessionScope): void
declare function use(value: unknown): void
/** Takes what `runTool` takes. */
declare function carryOut(checked: CheckedCall): void
declare function needsIdentity(identity: SessionIdentity): void

export function forbidden(): void {
  // @ts-expect-error the class is not exported: there is nothing to construct a scope with
  new scopes.Scope(sessionId)
  // @ts-expect-error nor the class of identities
  new scopes.Identity(sessionId)
  // @ts-expect-error nor the symbol that both ask for
  use(scopes.MINT)
  // @ts-expect-error an instance's constructor is no way round
  new scope.constructor(sessionId)
  // @ts-expect-error a string is no scope
  needsScope(sessionId)
  // @ts-expect-error and cannot be cast to one
  needsScope(sessionId as SessionScope)
  // @ts-expect-error an object with a name is no scope
  needsScope({ dataId: sessionId })
  // @ts-expect-error nor is one that has every public member of a scope
  needsScope(likeScope)
  // @ts-expect-error nor a copy of its parts
  needsScope({ ...scope })
  // @ts-expect-error nor a copy with another name
  needsScope({ ...likeScope, dataId: sessionId })
  // @ts-expect-error the same for identities
  needsIdentity(likeIdentity)
  // @ts-expect-error the same for identities
  needsIdentity({ ...identity })
  // @ts-expect-error an identity is no scope: only scopeOf() makes one of it
  needsScope(identity)
  // @ts-expect-error a scope's name cannot be changed
  scope.dataId = otherScope.dataId
  // @ts-expect-error its private name cannot be reached
  use(scope.#dataId)
  // @ts-expect-error nor its key
  use(scope.#dataKey)
  // @ts-expect-error an identity does not show whose it is
  use(identity.dataId)
  // @ts-expect-error nor its key
  use(identity.dataKey)
  // @ts-expect-error state has a closed set of names
  scope.stateKey(sessionId)
  // @ts-expect-error and no session among its arguments
  scope.stateKey('workspace', sessionId)
  // @ts-expect-error an object's key is made from a name alone
  scope.objectKey('raw_data.csv', sessionId)
  // @ts-expect-error a record is opened with the token it was sealed for
  scopes.openIdentity(Buffer.alloc(0), keys)

  // @ts-expect-error a store is born from a scope, not from an id
  workspaceStore(redis, sessionId, metrics)
  // @ts-expect-error nor from something that looks like one
  workspaceStore(redis, likeScope, metrics)
  // @ts-expect-error nor from nothing
  workspaceStore(redis, null, metrics)
  // @ts-expect-error a store is born from a scope, not from an id
  objectStore(bucket, sessionId, ctx.signal)
  // @ts-expect-error nor from something that looks like one
  objectStore(bucket, { dataId: sessionId }, ctx.signal)
  // @ts-expect-error no method of a store takes a session
  void ctx.workspace.read(sessionId)
  // @ts-expect-error no method of a store takes a session
  void ctx.workspace.update((current) => current, sessionId)
  // @ts-expect-error no method of a store takes a session
  void ctx.objects.readSealed('datasets/1', sessionId)
  // @ts-expect-error no method of a store takes a key
  void ctx.objects.read({ key: `sessions/${sessionId}/raw_data.csv` })
  // @ts-expect-error no method of a store takes a session
  void ctx.objects.putSealed(sessionId, 'datasets/1', new Uint8Array())

  // @ts-expect-error a feature has no client of Redis
  use(ctx.redis)
  // @ts-expect-error nor of the object store
  use(ctx.bucket)
  // @ts-expect-error nor all of them
  use(ctx.clients)
  // @ts-expect-error nor the scope itself
  use(ctx.scope)
  // @ts-expect-error nor a session's id
  use(ctx.sessionId)
  // @ts-expect-error nor a request
  use(ctx.request)
  // @ts-expect-error nor a reply
  use(ctx.reply)
  // @ts-expect-error its stores cannot be exchanged
  ctx.workspace = workspaceStore(redis, otherScope, metrics)
  // @ts-expect-error its stores cannot be exchanged
  ctx.objects = objectStore(bucket, otherScope, ctx.signal)
  // @ts-expect-error what a handler is given has no headers
  use(input.headers)
  // @ts-expect-error no cookies
  use(input.cookies)
  // @ts-expect-error and no session
  use(input.session)
  const withRequest = async (_ctx: unknown, _input: unknown, request: unknown): Promise<unknown> =>
    Promise.resolve(request)
  // @ts-expect-error a handler is given a context and its input, never the request
  route({ method: 'GET', url: '/x', status: 200, summary: '', handle: withRequest })
  // @ts-expect-error what outlives requests has no place for a person's things
  clients.sessions = new Map()

  // @ts-expect-error a metric's dimensions are closed: no person, no session
  metrics.isolationViolation(sessionId)
  // @ts-expect-error a metric's dimensions are closed: no person, no session
  metrics.crossSessionAttempt(sessionId)
  // @ts-expect-error a metric's dimensions are closed: no person, no session
  metrics.s3Access('GetObject', sessionId)

  // @ts-expect-error a name and an input are no checked call
  carryOut({ tool: 'describe_data', input: {} })
  // @ts-expect-error nor a call that nobody checked
  carryOut(call)
  // @ts-expect-error nor what has every public member of a checked one
  carryOut(likeChecked)
  // @ts-expect-error nor a copy of one
  carryOut({ ...checked })
  // @ts-expect-error nor a call that is cast to one
  carryOut(call as CheckedCall)
  // @ts-expect-error the class is not exported: there is nothing to construct one with
  new calls.Checked(call)
  // @ts-expect-error an instance's constructor is no way round
  new checked.constructor(call)
  // @ts-expect-error nor is the symbol that it asks for exported
  use(calls.MAKE)
  // @ts-expect-error what was checked cannot be read past its guard, nor exchanged
  use(checked.#call)
  // @ts-expect-error a call is checked against the session's outline too
  calls.checkCall('describe_data', {})
}
