import { Agent, request } from 'undici'

const READS_PER_SECOND = 50

/**
 * Reads a session at a steady pace without waiting for earlier reads. `stop` returns every latency and status; a read
 * without a reply counts as status 0.
 */
export function readSteadily(
  url: string,
  cookie: string,
): { stop(): Promise<{ milliseconds: number[]; statuses: Map<number, number> }> } {
  const agent = new Agent({ connections: 16 })
  const milliseconds: number[] = []
  const statuses = new Map<number, number>()
  const pending = new Set<Promise<void>>()
  const read = async (): Promise<void> => {
    const begin = performance.now()
    const { statusCode, body } = await request(`${url}/api/session`, { headers: { cookie }, dispatcher: agent })
    await body.dump()
    milliseconds.push(performance.now() - begin)
    statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1)
  }
  const timer = setInterval(() => {
    const one = read()
      .catch(() => {
        statuses.set(0, (statuses.get(0) ?? 0) + 1)
      })
      .finally(() => pending.delete(one))
    pending.add(one)
  }, 1000 / READS_PER_SECOND)
  return {
    async stop() {
      clearInterval(timer)
      await Promise.all(pending)
      await agent.close()
      return { milliseconds, statuses }
    },
  }
}
