import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Ending, endingText, untilReady } from './child.ts'
import { type LocalRedis, startRedis } from './redis.ts'
import { startRelay } from './relay.ts'
import type { StackRecord } from './run-record.ts'
import type { RedisAccess } from './service.ts'
import type { StackFloor } from './stack-floor.ts'
import { type RedisAddress, tellRedis } from './tell-redis.ts'

/** How long a dead server stays unnoticed; in the cloud this takes seconds. */
const UNNOTICED_MS = 200

const FOLLOWED_MS = 10_000

/**
 * Two Redis servers, one the replica of the other, behind one stable port. When the primary dies, its replica takes
 * over behind that port and gets a new replica, as in the cloud. A primary whose replica dies gets a new replica too.
 * When both die, their data is lost and they are not restarted.
 */
export async function startRedisPair(
  floor: StackFloor,
  version: string,
): Promise<{ access: RedisAccess; record: StackRecord['redis'] }> {
  let started = 0
  const start = async (replicaOf?: LocalRedis): Promise<LocalRedis> => {
    started += 1
    const name = `redis-${String(started)}`
    return await startRedis({
      folder: join(floor.stateFolder, name),
      logFile: floor.log(name),
      ...(replicaOf === undefined ? {} : { replicaOf }),
    })
  }
  let primary = await start()
  floor.onStop(async () => {
    await primary.stop()
  })
  let replica = await start(primary)
  floor.onStop(async () => {
    await replica.stop()
  })
  await untilFollowed(primary)
  const relay = await startRelay(primary.port)
  floor.onStop(async () => {
    relay.close()
  })

  const recordNow = (): StackRecord['redis'] => {
    const {
      host,
      tls,
      certificates,
      operator,
      process: { pid },
    } = primary
    return {
      host,
      port: relay.port,
      pid,
      tls,
      ...(certificates === undefined ? {} : { ca: certificates.ca }),
      ...operator,
      replica: { port: replica.port, pid: replica.process.pid },
    }
  }
  const onEnd = async (dead: LocalRedis, ending: Ending): Promise<void> => {
    await pause(UNNOTICED_MS)
    const [left, other] = dead === primary ? [replica, 'replica'] : [primary, 'primary']
    const what = `redis-server (pid ${String(dead.process.pid)}) ${endingText(ending)}`
    if (floor.isStopping()) return
    if (!left.process.alive()) {
      floor.say(
        `${what}, and no other is left: every route that needs a session answers 503; all sessions are lost. ` +
          'Ctrl-C, then npm start',
      )
      return
    }
    if (left === replica) {
      // The rewritten configuration is that of a primary, in case somebody starts it again.
      await tellRedis(addressOf(left), ['REPLICAOF', 'NO', 'ONE'], ['CONFIG', 'REWRITE'])
      relay.pointTo(left.port)
      primary = left
    }
    replica = await start(primary)
    follow(replica)
    floor.say(
      `${what}; its ${other} (pid ${String(primary.process.pid)}) serves, with a new replica (pid ` +
        `${String(replica.process.pid)})`,
    )
    floor.onRedisChange(recordNow())
  }
  let handled = Promise.resolve()
  const follow = (server: LocalRedis): void => {
    void server.process.ended.then((ending) => {
      handled = handled
        .then(async () => {
          await onEnd(server, ending)
        })
        .catch((error: unknown) => {
          floor.say(`Redis has no replica now: ${error instanceof Error ? error.message : String(error)}`)
        })
    })
  }
  follow(primary)
  follow(replica)

  const { tls, service, certificates } = primary
  const url = `${tls ? 'rediss' : 'redis'}://127.0.0.1:${String(relay.port)}`
  floor.announce('redis', version, url, primary.process.pid)
  floor.announce('replica', version, replica.url, replica.process.pid)
  return { access: { url, ...service, caFile: certificates?.caFile, logoutAcks: 1 }, record: recordNow() }
}

function addressOf({ host, port, certificates, operator }: LocalRedis): RedisAddress {
  return { host, port, ca: certificates?.ca, ...operator }
}

/**
 * Waits until the replica gets what is written. Redis begins to send it up to a second after the first synchronisation,
 * and until then a failover would lose all of it.
 */
async function untilFollowed(primary: LocalRedis): Promise<void> {
  const address = addressOf(primary)
  await tellRedis(address, ['CONFIG', 'SET', 'min-replicas-to-write', '1'])
  // With that setting a write is refused while no replica is online. This one changes nothing.
  await untilReady(
    primary.process,
    async () => {
      await tellRedis(address, ['DEL', 'no-such-key'])
      return true
    },
    FOLLOWED_MS,
  )
  await tellRedis(address, ['CONFIG', 'SET', 'min-replicas-to-write', '0'])
}
