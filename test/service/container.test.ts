import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { extname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { run } from '../../local/child.ts'
import { buildImage, taskLimits } from '../../local/container.ts'
import { freePort } from '../../local/free-port.ts'
import { findProgram } from '../../local/install-parts.ts'
import { statusOf } from '../../local/service.ts'
import { envFor, redis, s3 } from '../support/parts.ts'

/** Why no container can run here, or false. */
function impossible(): string | false {
  for (const program of ['podman', 'runc', 'mmdebstrap'])
    if (findProgram(program) === undefined) return `${program} is not on this machine`
  return process.getuid?.() === 0 ? false : 'limits of CPU and memory need root'
}

const podman = async (...args: string[]): Promise<string> =>
  (await run('podman', ['--runtime', 'runc', ...args])).trim()

/** Runs the image as a task does, with these parts, until the test ends. */
async function startContainer(t: Test, image: string): Promise<{ name: string; url: string }> {
  const server = await redis(t)
  const objects = await s3(t)
  const port = await freePort()
  const ca = server.certificates?.caFile ?? ''
  const env = { ...envFor(server, objects), HOST: '127.0.0.1', PORT: String(port), REDIS_CA_FILE: '/run/redis-ca.pem' }
  const name = `chatmrpt-test-${randomBytes(6).toString('hex')}`
  t.teardown(async () => {
    await podman('rm', '-f', '-t', '0', '-i', name)
  })
  await podman(
    'run',
    '-d',
    '--name',
    name,
    '--network',
    'host',
    ...taskLimits,
    '-v',
    `${ca}:/run/redis-ca.pem:ro`,
    ...Object.entries(env).flatMap(([key, value]) => ['-e', `${key}=${value}`]),
    image,
  )
  const url = `http://127.0.0.1:${String(port)}`
  for (const path of ['/livez', '/readyz']) {
    while ((await statusOf(url + path).catch(() => 0)) !== 200) {
      if ((await podman('inspect', '-f', '{{.State.Running}}', name)) !== 'true')
        throw new Error(`The container ended:\n${await podman('logs', name)}`)
      await pause(100)
    }
  }
  return { name, url }
}

t.test('the image', { skip: impossible() }, async (t) => {
  const image = await buildImage(
    (line) => {
      t.comment(line)
    },
    { version: '1.2.3', commit: 'abcdef0' },
  )

  t.test('serves with half a core, 1 GiB, a read-only root and no capabilities, as a plain user', async (t) => {
    const { name, url } = await startContainer(t, image)
    t.match(await (await fetch(`${url}/livez`)).json(), { status: 'ok', version: '1.2.3', commit: 'abcdef0' })
    t.equal((await fetch(`${url}/api/session`, { method: 'POST' })).status, 201)
    t.equal(await podman('exec', name, 'id', '-u'), '1000')
    t.match(
      await podman('exec', name, 'grep', '-E', '^(CapEff|NoNewPrivs)', '/proc/1/status'),
      /^CapEff:\s0{16}\nNoNewPrivs:\s1$/,
    )
    t.match(
      await podman('exec', name, 'cat', '/proc/1/cmdline'),
      /^node\0dist\/main\.js/,
      'Node itself gets the signals',
    )
    await t.rejects(podman('exec', name, 'touch', '/app/x'), /Read-only file system/)
    t.match(
      await podman('inspect', '-f', '{{.HostConfig.NanoCpus}} {{.HostConfig.CpuQuota}} {{.HostConfig.Memory}}', name),
      / 1073741824$/,
    )
    await podman('healthcheck', 'run', name)
  })

  t.test('holds what the build makes and its compile cache: no packages, no TypeScript, no source maps', async (t) => {
    const inImage = async (...command: string[]): Promise<string> =>
      await podman('run', '--rm', '--network', 'host', ...taskLimits, image, ...command)
    const files = (await inImage('find', '/app', '-type', 'f', '-printf', '%P %u %m\\n')).split('\n')
    const cached = files.filter((file) => file.startsWith('dist/compile-cache/'))
    const own = files.filter((file) => !cached.includes(file)).map((file) => file.split(' ')[0] ?? '')
    t.strictSame(
      [...new Set(own.map((file) => file.replace(/^dist\/(main|work)\/[\w-]+\.js$/, 'dist/$1/*.js')))]
        .filter((file) => !file.startsWith('dist/page/'))
        .sort(),
      [
        'THIRD_PARTY.txt',
        'built-from.txt',
        'main.js',
        'main/*.js',
        'operator.js',
        'package.json',
        'work/*.js',
        'work/sql-wasm.wasm',
        'worker.js',
      ].map((file) => `dist/${file}`),
    )
    t.strictSame(
      [...new Set(own.filter((file) => file.startsWith('dist/page/')).map((file) => extname(file)))].sort(),
      ['.br', '.css', '.csv', '.gzip', '.html', '.js', '.json', '.png', '.zip'],
    )
    t.ok(cached.length > 0, 'compiled code is there before the first start')
    t.notMatch(await inImage('sh', '-c', 'find / -xdev -name node_modules 2> /dev/null; true'), /./)
    const reads = await inImage('env', 'NODE_DEBUG_NATIVE=COMPILE_CACHE', 'node', 'dist/main.js').catch(String)
    t.match(reads, /main\.js was accepted/, 'Node, this user and a read-only root take the compiled code')
    await t.rejects(
      podman('run', '--rm', '--network', 'host', ...taskLimits, image, 'npm', '--version'),
      /executable file not found|no such file/,
    )
    const [config] = JSON.parse(await podman('image', 'inspect', image)) as [
      { Config: { User: string; StopSignal: string; Env: string[] }; Healthcheck: { Test: string[] } },
    ]
    t.strictSame([config.Config.User, config.Config.StopSignal], ['1000:1000', 'SIGTERM'])
    t.ok(config.Config.Env.includes('NODE_ENV=production'))
    t.match(config.Healthcheck.Test.join(' '), /^CMD node -e .*\/livez/)
  })

  t.test('finishes a request in flight after SIGTERM and exits with 0', async (t) => {
    const { name, url } = await startContainer(t, image)
    const body = JSON.stringify({ role: 'wards', filename: 'wards.csv', bytes: 10 })
    const cookie =
      (await fetch(`${url}/api/session`, { method: 'POST' })).headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const sent = request(`${url}/api/files`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    })
    const answered = once(sent, 'response')
    // Half of the body, so that the request is under way when the signal comes.
    await new Promise((resolve) => sent.write(body.slice(0, 10), resolve))
    await pause(300)
    await podman('kill', '-s', 'TERM', name)
    while (!(await podman('logs', name)).includes('Draining')) await pause(50)
    sent.end(body.slice(10))
    const [response] = (await answered) as [IncomingMessage]
    t.equal(response.statusCode, 201)
    response.resume()
    t.equal(await podman('wait', name), '0')
  })
})
