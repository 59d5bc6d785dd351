/** A browser's cookies at the provider: by name. */
export type ProviderJar = Map<string, string>

/**
 * Walks through the local provider's pages as a browser does.
 * @param jar with the provider's session in it, nobody is asked again
 * @returns the address that the browser is sent back to, as path and query
 * @throws Error when the provider leads nowhere
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
