import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { DIST } from './dist-folders.ts'
import { onThread } from './on-thread.ts'
import { sampleJobs } from './sample-jobs.ts'

/**
 * `node build/make-compile-cache.ts FOLDER`: fills Node's compile cache with what the service and its threads load and
 * run, by starting the service until it is live and by doing the sample's jobs. A cache is valid for one version of
 * Node, one user and one location of the files, so the cache of the image is made in the image, as its user. Neither
 * Redis nor an object store is needed.
 */
const root = join(import.meta.dirname, '..')
const dist = join(root, DIST)

async function startOnce(): Promise<void> {
  const port = await freePort()
  const child = spawn(process.execPath, [join(dist, 'main.js')], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      STAGE: 'local',
      HOST: '127.0.0.1',
      PORT: String(port),
      LOG_LEVEL: 'fatal',
      DRAIN_SECONDS: '0',
      REDIS_URL: 'redis://127.0.0.1:1',
      S3_BUCKET: 'none',
      S3_ENDPOINT: 'http://127.0.0.1:1',
      AWS_REGION: 'us-east-1',
      COOKIE_SECRETS: 'not-a-secret-as-nobody-is-served',
      SEAL_SECRETS: 'none:not-a-secret-as-nobody-is-served',
      PROJECT_SECRETS: 'not-a-secret-as-nobody-is-served',
    },
  })
  const ended = once(child, 'exit')
  while (!(await isLive(port))) {
    if (child.exitCode !== null) throw new Error(`Cannot make the compile cache: the service ended before it was live`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  // Node writes the cache when the process ends.
  child.kill('SIGTERM')
  await ended
}

async function isLive(port: number): Promise<boolean> {
  return await fetch(`http://127.0.0.1:${port}/livez`).then(
    ({ ok }) => ok,
    () => false,
  )
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  await new Promise((resolve) => probe.close(resolve))
  return port
}

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('Give a folder: node build/make-compile-cache.ts FOLDER')
// For the process and the threads started from here. This process runs the sources and does not use a cache.
process.env['NODE_COMPILE_CACHE'] = resolve(folder)
await startOnce()
for (const { request } of await sampleJobs(root)) await onThread(join(dist, 'worker.js'), request)
