import { setTimeout as pause } from 'node:timers/promises'
import type { SettledMatches } from '../domain/dataset.ts'
import { Fault } from '../domain/fault.ts'
import type { PlanOptions } from '../domain/net-plan.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { SealBroken } from '../session/seal.ts'
import type { SessionScope } from '../session/scope.ts'
import { luaScript, type RedisConnection } from './redis.ts'

export type FileRole = 'wards' | 'boundaries' | 'facilities'

/** A file slot. `object` is set once its bytes have been read, validated and stored under a server-made key. */
export interface StoredFile {
  readonly id: string
  readonly role: FileRole
  readonly filename: string
  readonly bytes: number
  readonly createdAt: number
  readonly object?: StoredObject
  /** What was found in it, as the contract shows it. */
  readonly found?: unknown
}

/** Where validated bytes lie, and what they must be when they are read again. */
export interface StoredObject {
  readonly name: string
  readonly versionId: string
  readonly sha256: string
  readonly bytes: number
}

export interface StoredAnalysis {
  readonly id: string
  readonly datasetVersion: number
  readonly mode: 'standard' | 'legacy'
  readonly createdAt: number
  readonly result: StoredObject
}

/** A plan by what was chosen: with the analysis it gives the same plan every time, so a slider stores no result a step. */
export interface StoredPlan {
  readonly id: string
  readonly analysisId: string
  readonly datasetVersion: number
  readonly createdAt: number
  readonly options: PlanOptions
}

export interface StoredExport {
  readonly id: string
  readonly kind: 'rankings.csv' | 'itn_plan.csv' | 'map.geojson' | 'report.html' | 'analysis_results.json'
  readonly analysisId: string
  readonly planId?: string
  readonly datasetVersion: number
  readonly createdAt: number
  readonly object: StoredObject
}

/** All that one session has, but for the bytes in its objects. `datasetVersion` grows with every change of the current files. */
export interface Workspace {
  readonly datasetVersion: number
  readonly files: readonly StoredFile[]
  /** What was settled about the current ward table and boundaries; a new file of either begins anew. */
  readonly settled: SettledMatches
  /** What was measured from the current facility table and is joined to the ward table; null for nothing. */
  readonly positivity: StoredObject | null
  readonly analyses: readonly StoredAnalysis[]
  readonly plans: readonly StoredPlan[]
  readonly exports: readonly StoredExport[]
}

export interface WorkspaceStore {
  /** @throws Fault `session-store-unavailable`, `no-session` */
  read(): Promise<Workspace>
  /**
   * Changes the workspace by compare-and-set: `change` sees the latest and runs again when another request was quicker.
   * Whatever it throws is thrown, and nothing is changed.
   * @throws Fault `conflict` when others kept being quicker; nothing was changed
   */
  update(change: (current: Workspace) => Workspace): Promise<Workspace>
}

const EMPTY: Workspace = { datasetVersion: 0, files: [], settled: { accepted: [], refused: [] }, positivity: null, analyses: [], plans: [], exports: [] } as const
const ATTEMPTS = 12

const READ = luaScript(`
if redis.call('EXISTS', KEYS[2]) == 1 then return {tag, 'ended'} end
local state = redis.call('HMGET', KEYS[1], 'sealed', 'version')
if not state[1] then return {tag, 'ok', 0, ''} end
return {tag, 'ok', tonumber(state[2]), state[1]}`, 'whenFull')

const WRITE = luaScript(`
if redis.call('EXISTS', KEYS[2]) == 1 then return {tag, 'ended'} end
local version = tonumber(redis.call('HGET', KEYS[1], 'version') or '0')
if version ~= tonumber(ARGV[1]) then return {tag, 'changed'} end
redis.call('HSET', KEYS[1], 'sealed', ARGV[2], 'version', version + 1)
redis.call('PEXPIREAT', KEYS[1], ARGV[3])
return {tag, 'ok'}`, 'write')

/** The session's own workspace in Redis, sealed under its data key. No method takes an id of a session. */
export function workspaceStore(redis: RedisConnection, scope: SessionScope, metrics: Metrics): WorkspaceStore {
  const key = scope.stateKey('workspace')
  const keys = [key, scope.endedKey()]

  const load = async (): Promise<{ version: number; value: Workspace }> => {
    const [outcome, version, sealed] = await redis.run(READ, keys, [])
    refuseEnded(outcome)
    if (typeof version !== 'number' || !(sealed instanceof Buffer)) throw broken(metrics)
    return { version, value: version === 0 ? EMPTY : openWorkspace(scope, placeOf(key, version), sealed, metrics) }
  }

  return {
    read: async () => (await load()).value,
    update: async (change) => {
      for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
        const { version, value } = await load()
        const changed = change(value)
        const sealed = scope.seal(placeOf(key, version + 1), Buffer.from(JSON.stringify(changed)))
        const [outcome] = await redis.run(WRITE, keys, [version, sealed, scope.absoluteExpiresAt])
        refuseEnded(outcome)
        if (outcome?.toString() === 'ok') return changed
        await pause(Math.random() * 5 * attempt)
      }
      throw new Fault('conflict', 'Other requests kept changing this session; nothing was changed by this one. Send it again.')
    }
  }
}

// The version is part of the place, so that an older sealed state cannot be passed off as the present one.
function placeOf(key: string, version: number): string {
  return `${key}\n${String(version)}`
}

function refuseEnded(outcome: Buffer | number | null | undefined): void {
  if (outcome?.toString() === 'ended') throw new Fault('no-session', 'The session has ended. Start a new one.')
}

function openWorkspace(scope: SessionScope, place: string, sealed: Buffer, metrics: Metrics): Workspace {
  try {
    return { ...EMPTY, ...JSON.parse(scope.open(place, sealed).toString()) as Partial<Workspace> }
  } catch (error) {
    throw error instanceof SealBroken ? broken(metrics, error) : error
  }
}

function broken(metrics: Metrics, cause?: unknown): Fault {
  metrics.isolationViolation('seal')
  return new Fault('session-store-unavailable', 'What is stored for this session could not be opened safely and was refused.', { cause })
}
