import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/**
 * A loopback TCP port that nothing listens on. It is below the range that the kernel uses for outgoing connections, so
 * that it stays free until the caller binds it.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const port = randomInt(12_000, 32_000)
    if (await isFree(port)) return port
  }
  throw new Error('Cannot find a free port: 50 ports between 12000 and 32000 were tried and all are taken')
}

/** Whether a listener could bind the port on the loopback address now. */
export async function isFree(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => {
      resolve(false)
    })
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      probe.close(() => {
        resolve(true)
      })
    })
  })
}
