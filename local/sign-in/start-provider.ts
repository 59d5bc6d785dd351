import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { type Child, startChild, untilReady } from '../child.ts'
import { freePort } from '../free-port.ts'
import { statusOf } from '../service.ts'
import type { ProviderSettings } from './settings.ts'

/** A sign-in provider in a process of its own. */
export interface LocalProvider {
  readonly issuer: string
  /** What the service is told of it. */
  readonly env: Readonly<Record<string, string>>
  readonly process: Child
}

export interface LocalProviderOptions {
  /** The service's own origin. */
  readonly publicUrl: string
  readonly logFile: string
  readonly port?: number
}

/** Starts a provider on the loopback address, over HTTP as the service takes in the local stage, and waits for it. */
export async function startProvider(options: LocalProviderOptions): Promise<LocalProvider> {
  const port = options.port ?? (await freePort())
  const issuer = `http://127.0.0.1:${String(port)}`
  const clientSecret = randomBytes(24).toString('base64url')
  const settings: ProviderSettings = {
    port,
    issuer,
    clientId: 'chatmrpt',
    clientSecret,
    publicUrl: options.publicUrl,
  }
  const child = await startChild({
    name: 'sign-in',
    command: process.execPath,
    args: [join(import.meta.dirname, 'main.ts'), JSON.stringify(settings)],
    logFile: options.logFile,
  })
  try {
    await untilReady(child, async () => (await statusOf(`${issuer}/.well-known/openid-configuration`)) === 200, 20_000)
  } catch (error) {
    await child.stop(1_000)
    throw error
  }
  const env = {
    SIGN_IN_ISSUER: issuer,
    SIGN_IN_CLIENT_ID: settings.clientId,
    SIGN_IN_CLIENT_SECRET: clientSecret,
    SIGN_IN_PUBLIC_URL: options.publicUrl,
  }
  return { issuer, env, process: child }
}
