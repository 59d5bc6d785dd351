import { join } from 'node:path'
import type { Test } from 'tap'
import { freePort } from '../../local/free-port.ts'
import { startProvider, type LocalProvider, type LocalProviderOptions } from '../../local/sign-in/start-provider.ts'
import type { Person, Reply } from './client.ts'
import { folder } from './parts.ts'

/** The local provider in a process of its own, for services at a port that is free now. Stopped when the test ends. */
export async function provider(
  t: Pick<Test, 'teardown'>,
  options: Pick<LocalProviderOptions, 'people'> = {},
): Promise<LocalProvider & { readonly servicePort: number }> {
  const servicePort = await freePort()
  const started = await startProvider({
    ...options,
    publicUrl: `http://127.0.0.1:${String(servicePort)}`,
    logFile: join(folder(t), 'sign-in.log'),
  })
  t.teardown(async () => {
    await started.process.stop(1_000)
  })
  return { ...started, servicePort }
}

/** A browser's cookies at the provider: by name. */
export type ProviderJar = Map<string, string>

/**
 * Walks through the provider's pages as a browser does.
 * @param jar with the provider's session in it, nobody is asked again
 * @returns the address that the browser is sent back to, as path and query
 */
export async function chooseAtProvider(location: string, personId: string, jar: ProviderJar): Promise<string> {
  let url = new URL(location)
  const { origin } = url
  for (let step = 0; step < 10; step += 1) {
    const isChoice = url.pathname.startsWith('/interaction/')
    const reply = await fetch(url, {
      method: isChoice ? 'POST' : 'GET',
      redirect: 'manual',
      headers: {
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(isChoice && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(isChoice && { body: new URLSearchParams({ person: personId }).toString() }),
    })
    await reply.arrayBuffer()
    for (const line of reply.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      jar.set(pair.slice(0, at), pair.slice(at + 1))
    }
    const next = reply.headers.get('location')
    if (next === null) throw new Error(`The provider leads nowhere: ${String(reply.status)} ${url.href}`)
    url = new URL(next, url)
    if (url.origin !== origin) return url.pathname + url.search
  }
  throw new Error('The provider leads in a circle')
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
