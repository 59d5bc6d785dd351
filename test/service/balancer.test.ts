import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { Agent, createServer, request, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import type { BalancerPace } from '../../local/balancer-config.ts'
import { type Balancer, startBalancer } from '../../local/balancer.ts'
import { until } from '../support/client.ts'
import { folder } from '../support/parts.ts'

interface SmallServer {
  readonly url: string
  readonly server: Server
  /** Whether its `/livez` answers 200. */
  healthy: boolean
}

/** A small server with a health check, closed when the test ends. */
async function serverOf(t: Test, listener: RequestListener): Promise<SmallServer> {
  const server = createServer((incoming, response) => {
    if (incoming.url === '/livez') response.writeHead(small.healthy ? 200 : 500).end()
    else listener(incoming, response)
  })
  // Longer than any test, so that the balancer closes the connection.
  server.keepAliveTimeout = 60_000
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    server.close()
    server.closeAllConnections()
  })
  const small = {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    server,
    healthy: true,
  }
  return small
}

/** Small servers behind a balancer, all closed when the test ends. */
async function stackOf(
  t: Test,
  listeners: readonly RequestListener[],
  pace: Partial<BalancerPace> = {},
): Promise<{ url: string; servers: SmallServer[]; balancer: Balancer }> {
  const servers = await Promise.all(listeners.map(async (listener) => await serverOf(t, listener)))
  const own = folder(t)
  const balancer = await startBalancer({
    targets: servers.map(({ url }) => url),
    folder: join(own, 'balancer'),
    logFile: join(own, 'balancer.log'),
    pace,
  })
  t.teardown(async () => {
    await balancer.close(100)
  })
  return { url: balancer.url, servers, balancer }
}

function end({ server }: SmallServer): void {
  server.close()
  server.closeAllConnections()
}

const named =
  (name: string): RequestListener =>
  (_, response) => {
    response.end(name)
  }

const get = async (url: string): Promise<string> => await (await fetch(url)).text()

t.test('consecutive requests go to one task after the other, also on one connection', async (t) => {
  const { url } = await stackOf(t, [named('a'), named('b'), named('c')])
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  t.teardown(() => {
    agent.destroy()
  })
  const ask = async (): Promise<{ text: string; reused: boolean }> => {
    const sent = request(url, { agent }).end()
    const [response] = (await once(sent, 'response')) as [IncomingMessage]
    const text = (await response.toArray()).join('')
    return { text, reused: sent.reusedSocket }
  }
  const answers = []
  for (let round = 0; round < 6; round += 1) answers.push(await ask())
  t.strictSame(
    answers.map((answer) => answer.text),
    ['a', 'b', 'c', 'a', 'b', 'c'],
  )
  t.strictSame(
    answers.map((answer) => answer.reused),
    [false, true, true, true, true, true],
  )
})

t.test(
  'a task that is gone is skipped, the next one gets the whole body, and with no task left the answer is 502',
  async (t) => {
    const echo: RequestListener = (incoming, response) => {
      incoming.pipe(response)
    }
    const { url, servers } = await stackOf(t, [echo, echo])
    const [first, second] = servers as [SmallServer, SmallServer]
    const body = 'x'.repeat(300_000)
    const post = async (sent = body): Promise<Response> => await fetch(url, { method: 'POST', body: sent })
    t.equal(await (await post()).text(), body)
    end(first)
    for (let round = 0; round < 4; round += 1) t.equal(await (await post()).text(), body)
    end(second)
    const answer = await post('x')
    t.equal(answer.status, 502)
    t.equal(await answer.text(), 'No task answers.\n')
    t.strictSame([answer.headers.get('cache-control'), answer.headers.get('x-request-id')], ['no-store', null])
  },
)

t.test('a task that fails its health checks gets nothing until it passes them again', async (t) => {
  const { url, servers } = await stackOf(t, [named('a'), named('b'), named('c')], { checkSeconds: 1 })
  const round = async (): Promise<string> => {
    const answers = []
    for (let asked = 0; asked < 6; asked += 1) answers.push(await get(url))
    return answers.sort().join('')
  }
  t.equal(await round(), 'aabbcc')
  const [, second] = servers
  if (second !== undefined) second.healthy = false
  await until(async () => (await round()) === 'aaaccc', 10_000, 'the failing task to get nothing')
  if (second !== undefined) second.healthy = true
  await until(async () => (await round()) === 'aabbcc', 10_000, 'it to get its share again')
})

t.test('when all tasks fail their health checks, all are asked, as the cloud does it', async (t) => {
  const { url, servers, balancer } = await stackOf(t, [named('a'), named('b')], { checkSeconds: 1 })
  for (const server of servers) server.healthy = false
  await until(async () => await isLogged(balancer, 'has no server available'), 10_000, 'no task to be healthy')
  t.strictSame([await get(url), await get(url)].sort(), ['a', 'b'])
})

t.test('a POST that a task may have seen is not sent to a second one', async (t) => {
  let seen = 0
  const dies: RequestListener = (incoming) => {
    seen += 1
    incoming.socket.destroy()
  }
  const { url } = await stackOf(t, [dies, dies])
  t.equal((await fetch(url, { method: 'POST', body: 'x' })).status, 502)
  t.equal(seen, 1)
})

t.test('a task that dies under a later request of a kept connection is a 502 like any other', async (t) => {
  const { url } = await stackOf(t, [
    (incoming, response) => {
      if (incoming.url === '/die') incoming.socket.destroy()
      else response.end('fine')
    },
  ])
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  t.teardown(() => {
    agent.destroy()
  })
  const ask = async (path: string): Promise<[number | undefined, boolean]> => {
    const sent = request(url + path, { agent }).end()
    const [response] = (await once(sent, 'response')) as [IncomingMessage]
    await response.toArray()
    return [response.statusCode, sent.reusedSocket]
  }
  t.strictSame(
    [await ask('/'), await ask('/'), await ask('/die'), await ask('/')],
    [
      [200, false],
      [200, true],
      [502, true],
      [200, true],
    ],
  )
})

t.test('a task that says nothing for the idle time is a 504, and an idle connection is closed after it', async (t) => {
  const { url } = await stackOf(
    t,
    [(incoming, response) => (incoming.url === '/' ? response.end('fine') : undefined)],
    {
      idleSeconds: 1,
    },
  )
  const answer = await fetch(`${url}/hangs`)
  t.equal(answer.status, 504)
  t.strictSame([answer.headers.get('cache-control'), answer.headers.get('x-request-id')], ['no-store', null])
  const begun = performance.now()
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
  const chunks: Buffer[] = []
  for await (const chunk of socket) chunks.push(chunk as Buffer)
  t.match(Buffer.concat(chunks).toString(), /^HTTP\/1\.1 200 /)
  const seconds = (performance.now() - begun) / 1_000
  t.ok(seconds > 0.9 && seconds < 10, `closed after ${seconds.toFixed(1)} s`)
})

t.test('events arrive one by one while the stream is open, and the task learns that the reader has gone', async (t) => {
  let gone: (() => void) | undefined
  const left = new Promise<void>((resolve) => {
    gone = resolve
  })
  let sendNext: (() => void) | undefined
  const { url } = await stackOf(t, [
    (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write('data: 1\n\n')
      sendNext = () => {
        response.write('data: 2\n\n')
      }
      response.once('close', () => {
        gone?.()
      })
    },
  ])
  const abort = new AbortController()
  const { body } = await fetch(url, { signal: abort.signal })
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
  t.equal((await reader?.read())?.value, 'data: 1\n\n')
  sendNext?.()
  t.equal((await reader?.read())?.value, 'data: 2\n\n')
  abort.abort()
  await left
})

t.test('headers pass both ways, invalid ones do not, and the task learns who asked', async (t) => {
  const { url } = await stackOf(t, [
    (incoming, response) => {
      response.writeHead(200, [
        ['Set-Cookie', 'a=1'],
        ['Set-Cookie', 'b=2'],
        ['X-Public', '1'],
      ])
      response.end(JSON.stringify(incoming.headers))
    },
  ])
  const answer = await fetch(`${url}/x?y=1`, {
    headers: {
      'x-session-id': 'abc',
      x_session_id: 'abc',
      'x-forwarded-for': '10.0.0.9',
      'x-forwarded-proto': 'https',
      'x-forwarded-port': '443',
      'accept-encoding': 'identity',
    },
  })
  t.strictSame(answer.headers.getSetCookie(), ['a=1', 'b=2'])
  t.equal(answer.headers.get('x-public'), '1')
  t.equal(answer.headers.get('keep-alive'), null, "the task's own patience is not the balancer's")
  const seen = (await answer.json()) as Record<string, string>
  const { host, port } = new URL(url)
  t.match(seen, {
    host,
    'x-session-id': 'abc',
    'x-forwarded-for': '10.0.0.9, 127.0.0.1',
    'x-forwarded-proto': 'http',
    'x-forwarded-port': port,
  })
  t.notOk('x_session_id' in seen)
})

t.test('a client notices that a task died half-way through its answer', async (t) => {
  const { url } = await stackOf(t, [
    (_, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('half')
      setImmediate(() => {
        response.destroy()
      })
    },
  ])
  await t.rejects(get(url))
})

t.test('what is not a request reaches no task, and is refused by a reply that no cache keeps', async (t) => {
  let seen = 0
  const { url } = await stackOf(t, [
    (_, response) => {
      seen += 1
      response.end('seen')
    },
  ])
  const send = async (text: string): Promise<string> => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    socket.write(text)
    const chunks: Buffer[] = []
    for await (const chunk of socket) chunks.push(chunk as Buffer)
    return Buffer.concat(chunks).toString()
  }
  const start = 'POST / HTTP/1.1\r\nHost: a\r\n'
  for (const [what, text] of Object.entries({
    'no HTTP': 'HELO\r\n\r\n',
    'HTTP/0.9': 'GET /\r\n',
    'two hosts': 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
    'two lengths': `${start}Content-Length: 0\r\nContent-Length: 30\r\n\r\n`,
    'another coding': `${start}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`,
    'a coding after chunks': `${start}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`,
    'a space before the colon': `${start}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`,
  })) {
    const reply = await send(text)
    t.match(reply, /^HTTP\/1\.1 400 /, what)
    t.match(reply, /^cache-control: no-cache\r$/im, what)
    t.notMatch(reply, /x-request-id/i, what)
    t.equal(reply.split('HTTP/1.1 ').length, 2, `${what}: one reply`)
  }
  t.equal(seen, 0)
})

t.test('three tasks are replaced one by one under load, and no request fails', async (t) => {
  const slowly =
    (name: string): RequestListener =>
    (_, response) => {
      setTimeout(() => {
        response.end(name)
      }, 20)
    }
  const { url, servers, balancer } = await stackOf(t, [slowly('a'), slowly('b'), slowly('c')])
  const statuses = new Map<number, number>()
  const load = { over: false }
  const clients = Array.from({ length: 20 }, async () => {
    while (!load.over) {
      const { status } = await fetch(url, { method: 'POST', body: 'x' })
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
  })
  try {
    for (const [at, server] of servers.entries()) {
      await balancer.register((await serverOf(t, slowly(`${'abc'[at] ?? ''}, new`))).url)
      await balancer.deregister(server.url)
      end(server)
    }
  } finally {
    load.over = true
    await Promise.all(clients)
  }
  t.strictSame([...statuses.keys()], [200])
  t.strictSame([await get(url), await get(url), await get(url)].sort(), ['a, new', 'b, new', 'c, new'])
  t.comment(`${String(statuses.get(200))} requests`)
})

t.test(
  'a task that is taken out finishes its requests, up to the delay, and with no task left the answer is 503',
  async (t) => {
    const held: (() => void)[] = []
    const { url, servers, balancer } = await stackOf(
      t,
      ['a', 'b'].map((name) => (incoming, response) => {
        if (incoming.url === '/now') response.end(name)
        else
          held.push(() => {
            response.end(name)
          })
      }),
    )
    const [first, second] = servers as [SmallServer, SmallServer]
    const [one, other] = [get(url), get(url)]
    await until(() => held.length === 2, 5_000, 'both to be under way')
    let isOut = false
    const out = balancer.deregister(first.url).then(() => {
      isOut = true
    })
    const now = async (): Promise<string> => (await get(`${url}/now`)) + (await get(`${url}/now`))
    await until(async () => (await now()) === 'bb', 5_000, 'the task that stays to get everything')
    t.notOk(isOut, 'the other is waited for')
    for (const release of held.splice(0)) release()
    t.strictSame([await one, await other].sort(), ['a', 'b'])
    await out

    const cut = fetch(url)
    await until(() => held.length === 1, 5_000, 'one more to be under way')
    await balancer.deregister(second.url, 0)
    t.ok((await cut).status >= 502, 'cut at the end of the delay')
    const none = await fetch(url)
    t.strictSame(
      [none.status, await none.text(), none.headers.get('cache-control'), none.headers.get('x-request-id')],
      [503, 'No task is registered.\n', 'no-store', null],
    )
  },
)

async function isLogged(balancer: Balancer, text: string): Promise<boolean> {
  return (await readFile(balancer.process.logFile, 'utf8')).includes(text)
}
