import { join } from 'node:path'
import type { Test } from 'tap'
import { freePort } from '../../local/free-port.ts'
import { chooseAtProvider, type ProviderJar } from '../../local/sign-in/walk-provider.ts'
import { startProvider, type LocalProvider } from '../../local/sign-in/start-provider.ts'
import type { Person, Reply } from './client.ts'
import { folder } from './parts.ts'

/** The local provider in a process of its own, for services at a port that is free now. Stopped when the test ends. */
export async function provider(t: Pick<Test, 'teardown'>): Promise<LocalProvider & { readonly servicePort: number }> {
  const servicePort = await freePort()
  const started = await startProvider({
    publicUrl: `http://127.0.0.1:${String(servicePort)}`,
    logFile: join(folder(t), 'sign-in.log'),
  })
  t.teardown(async () => {
    await started.process.stop(1_000)
  })
  return { ...started, servicePort }
}

/** Signs in as an invented person, with the cookies of `who`. Gives the reply to the callback. */
export async function signIn(
  who: Person,
  personId: string,
  { path = '/auth/login', jar = new Map() as ProviderJar } = {},
): Promise<Reply> {
  const begun = await who.get(path)
  if (begun.status !== 303) throw new Error(`No sign-in: ${String(begun.status)} ${begun.text}`)
  return who.get(await chooseAtProvider(String(begun.headers['location']), personId, jar))
}
