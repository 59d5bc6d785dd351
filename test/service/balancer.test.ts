import { once } from 'node:events'
import { Agent, createServer, request, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { startBalancer } from '../../local/balancer.ts'

/** Small servers behind a balancer, all closed when the test ends. */
async function stackOf(t: Test, ...listeners: RequestListener[]): Promise<{ url: string; servers: Server[] }> {
  const servers = listeners.map((listener) => createServer(listener))
  for (const server of servers) {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    t.teardown(() => {
      server.close()
      server.closeAllConnections()
    })
  }
  const balancer = await startBalancer({
    port: 0,
    targets: servers.map((server) => `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`),
  })
  t.teardown(async () => {
    await balancer.close(100)
  })
  return { url: balancer.url, servers }
}

const named =
  (name: string): RequestListener =>
  (_, response) => {
    response.end(name)
  }

const get = async (url: string): Promise<string> => await (await fetch(url)).text()

t.test('consecutive requests go to one task after the other, also on one connection', async (t) => {
  const { url } = await stackOf(t, named('a'), named('b'), named('c'))
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

t.test('a task that is gone is passed over, with the whole body, and with none left the answer is 502', async (t) => {
  const echo: RequestListener = (incoming, response) => {
    incoming.pipe(response)
  }
  const { url, servers } = await stackOf(t, echo, echo)
  const [first, second] = servers as [Server, Server]
  const body = 'x'.repeat(300_000)
  const post = async (): Promise<Response> => await fetch(url, { method: 'POST', body })
  t.equal(await (await post()).text(), body)
  first.close()
  first.closeAllConnections()
  for (let round = 0; round < 4; round += 1) t.equal(await (await post()).text(), body)
  second.close()
  second.closeAllConnections()
  const answer = await post()
  t.equal(answer.status, 502)
  t.equal(await answer.text(), 'No task answers.\n')
  t.strictSame([answer.headers.get('cache-control'), answer.headers.get('x-request-id')], ['no-store', null])
})

t.test('the tasks left share the requests evenly', async (t) => {
  const { url, servers } = await stackOf(t, named('a'), named('b'), named('c'))
  servers[1]?.close()
  const answers = []
  for (let round = 0; round < 6; round += 1) answers.push(await get(url))
  t.strictSame(answers, ['a', 'c', 'a', 'c', 'a', 'c'])
})

t.test('a POST that a task may have seen is not sent to a second one', async (t) => {
  let seen = 0
  const dies: RequestListener = (incoming) => {
    seen += 1
    incoming.socket.destroy()
  }
  const { url } = await stackOf(t, dies, dies)
  t.equal((await fetch(url, { method: 'POST', body: 'x' })).status, 502)
  t.equal(seen, 1)
})

t.test('events arrive one by one while the stream is open, and the task learns that the reader has gone', async (t) => {
  let gone: (() => void) | undefined
  const left = new Promise<void>((resolve) => {
    gone = resolve
  })
  let sendNext: (() => void) | undefined
  const { url } = await stackOf(t, (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write('data: 1\n\n')
    sendNext = () => {
      response.write('data: 2\n\n')
    }
    response.once('close', () => {
      gone?.()
    })
  })
  const abort = new AbortController()
  const { body } = await fetch(url, { signal: abort.signal })
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
  t.equal((await reader?.read())?.value, 'data: 1\n\n')
  sendNext?.()
  t.equal((await reader?.read())?.value, 'data: 2\n\n')
  abort.abort()
  await left
})

t.test('headers pass both ways except those of one connection, and the task learns who asked', async (t) => {
  const { url } = await stackOf(t, (incoming, response) => {
    response.writeHead(200, [
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
      ['Connection', 'X-Private'],
      ['X-Private', '1'],
      ['X-Public', '1'],
    ])
    response.end(JSON.stringify(incoming.headers))
  })
  const answer = await fetch(`${url}/x?y=1`, {
    headers: {
      'x-session-id': 'abc',
      'x-forwarded-for': '10.0.0.9',
      'x-forwarded-proto': 'https',
      'accept-encoding': 'identity',
    },
  })
  t.strictSame(answer.headers.getSetCookie(), ['a=1', 'b=2'])
  t.equal(answer.headers.get('x-private'), null)
  t.equal(answer.headers.get('x-public'), '1')
  const seen = (await answer.json()) as Record<string, string>
  t.equal(seen['x-session-id'], 'abc')
  t.equal(seen['x-forwarded-for'], '10.0.0.9, 127.0.0.1')
  t.equal(seen['x-forwarded-proto'], 'http')
  t.equal(seen.host, new URL(url).host)
})

t.test('a task that dies half-way through its answer is seen by the client', async (t) => {
  const { url } = await stackOf(t, (_, response) => {
    response.writeHead(200, { 'content-length': '100' })
    response.write('half')
    setImmediate(() => {
      response.destroy()
    })
  })
  await t.rejects(get(url))
})

t.test('what is no request, or could be read as two, reaches no task and is kept by no cache', async (t) => {
  let seen = 0
  const { url } = await stackOf(t, (incoming, response) => {
    seen += 1
    incoming.resume()
    response.end('seen')
  })
  const send = async (text: string): Promise<string> =>
    await new Promise((resolve, reject) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1')
      const chunks: Buffer[] = []
      socket
        .on('data', (chunk) => {
          chunks.push(chunk)
        })
        .on('close', () => {
          resolve(Buffer.concat(chunks).toString())
        })
        .on('error', reject)
      socket.write(text)
    })
  const second = 'GET /second HTTP/1.1\r\nHost: a\r\n\r\n'
  const start = 'POST / HTTP/1.1\r\nHost: a\r\n'
  for (const [what, text] of Object.entries({
    'no HTTP': 'HELO\r\n\r\n',
    'a folded header': `${start}X-A: b\r\n c: d\r\nContent-Length: 0\r\n\r\n${second}`,
    'a length and chunks': `${start}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${second}`,
    'chunks and a length': `${start}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n${second}`,
    'two lengths': `${start}Content-Length: 0\r\nContent-Length: ${String(second.length)}\r\n\r\n${second}`,
    'another coding': `${start}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${second}`,
    'a coding after chunks': `${start}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${second}`,
    'a space before the colon': `${start}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${second}`,
    'lines that end in LF alone': `GET / HTTP/1.1\nHost: a\n\n${second}`,
  })) {
    const reply = await send(text)
    t.match(reply, /^HTTP\/1\.1 400 /, what)
    t.match(reply, /^cache-control: no-store$/im, what)
    t.match(reply, /^x-request-id: \S+$/im, what)
    t.equal(reply.split('HTTP/1.1 ').length, 2, `${what}: one reply`)
  }
  t.equal(seen, 0)
  t.equal(
    (
      await send(`${start}Content-Length: 0\r\n\r\n${second.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n')}`)
    ).split('HTTP/1.1 200').length,
    3,
    'two that are two are answered by two',
  )
})
