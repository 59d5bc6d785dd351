import { randomBytes, randomUUID } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { join } from 'node:path'
import { cephConfig, keyring } from './ceph-config.ts'
import { type Child, run, startChild, untilReady } from './child.ts'
import { freePort } from './free-port.ts'
import { prepareBucket, type S3Address } from './prepare-bucket.ts'

/** A Ceph RADOS Gateway on the loopback address: the real S3 protocol, objects in memory, one bucket ready. */
export interface LocalS3 extends S3Address {
  /** The radosgw process; after `startGateway()` a new one. */
  readonly gateway: Child
  /** All its processes: monitor, object store, gateway. */
  readonly processes: readonly Child[]
  /** Sends SIGKILL to radosgw only and waits until it is gone. The objects stay. */
  killGateway(): Promise<void>
  /** Starts radosgw again on the same port. */
  startGateway(): Promise<void>
  /** Ends everything and deletes the folder. */
  stop(): Promise<void>
}

export interface S3Options {
  /** The folder for all its files; emptied first. */
  readonly folder: string
  /** The gateway's log; the other processes log into the folder. */
  readonly logFile?: string
  readonly bucket?: string
  /** Origins of the pages that may post to the bucket. Default: any port of 127.0.0.1 and localhost. */
  readonly origins?: readonly string[]
}

/** Origins of a page on this machine, on any port. */
export const localOrigins: readonly string[] = ['http://127.0.0.1:*', 'http://localhost:*']

/** Starts one monitor, one in-memory object store and one gateway, makes a user and a bucket. Takes 2 to 4 s. */
export async function startS3(options: S3Options): Promise<LocalS3> {
  const { folder } = options
  rmSync(folder, { recursive: true, force: true })
  for (const name of ['mon', 'osd', 'rgw', 'log']) mkdirSync(join(folder, name), { recursive: true, mode: 0o700 })
  const monitorPort = await freePort()
  const gatewayPort = await freePort()
  const cluster = randomUUID()
  const address: S3Address = {
    endpoint: `http://127.0.0.1:${String(gatewayPort)}`,
    region: 'us-east-1',
    bucket: options.bucket ?? 'chatmrpt',
    accessKeyId: `LOCAL${randomBytes(8).toString('hex').toUpperCase()}`,
    secretAccessKey: randomBytes(20).toString('hex'),
  }

  const file = (...names: string[]): string => join(folder, ...names)
  const conf = ['--conf', file('ceph.conf')]
  writeFileSync(file('ceph.conf'), cephConfig({ folder, cluster, monitorPort, gatewayPort }), { mode: 0o600 })
  const started: Child[] = []
  const launch = async (
    name: string,
    args: readonly string[],
    logFile = file('log', `${name}.out`),
  ): Promise<Child> => {
    const child = await startChild({ name, command: name, args: [...conf, ...args, '-f'], logFile })
    started.push(child)
    return child
  }
  const stop = async (): Promise<void> => {
    // Nothing on disk needs an orderly stop, which takes the daemons seconds.
    await Promise.all(started.map(async (child) => await child.stop(100)))
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
  const launchGateway = async (): Promise<Child> => {
    const child = await launch('radosgw', ['-n', 'client.rgw.a'], options.logFile)
    await untilReady(child, async () => await answers(address.endpoint), 30_000)
    return child
  }

  try {
    await run('monmaptool', [
      '--create',
      '--fsid',
      cluster,
      '--addv',
      'a',
      `[v2:127.0.0.1:${String(monitorPort)}]`,
      file('monmap'),
    ])
    writeFileSync(file('keyring'), keyring(), { mode: 0o600 })
    await run('ceph-mon', [...conf, '-i', 'a', '--mkfs', '--monmap', file('monmap'), '--keyring', file('keyring')])
    await launch('ceph-mon', ['-i', 'a'])
    await run('ceph', [...conf, 'auth', 'import', '-i', file('keyring')], { timeoutMs: 30_000 })
    await run('ceph', [...conf, 'osd', 'create'], { timeoutMs: 30_000 })
    await run('ceph-osd', [...conf, '-i', '0', '--mkfs'], { timeoutMs: 30_000 })
    await run('ceph', [...conf, 'osd', 'crush', 'add', 'osd.0', '1.0', 'host=localhost', 'root=default'], {
      timeoutMs: 30_000,
    })
    await launch('ceph-osd', ['-i', '0'])
    await run(
      'radosgw-admin',
      [
        ...conf,
        '-n',
        'client.rgw.a',
        'user',
        'create',
        '--uid=service',
        '--display-name=service',
        `--access-key=${address.accessKeyId}`,
        `--secret-key=${address.secretAccessKey}`,
      ],
      { timeoutMs: 60_000 },
    )
    let gateway = await launchGateway()
    await prepareBucket(address, options.origins ?? localOrigins)
    return {
      ...address,
      get gateway() {
        return gateway
      },
      get processes() {
        return started.filter((child) => child.alive())
      },
      async killGateway() {
        gateway.signal('SIGKILL')
        await gateway.ended
      },
      async startGateway() {
        if (!gateway.alive()) gateway = await launchGateway()
      },
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Whether the gateway answers an anonymous listing of buckets. */
async function answers(endpoint: string): Promise<boolean> {
  return await new Promise((resolve, reject) => {
    const request = get(endpoint, { agent: false, timeout: 2_000 }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    request.once('timeout', () => {
      request.destroy(new Error('no answer'))
    })
    request.once('error', reject)
  })
}
