import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import t, { type Test } from 'tap'
import { canary, until, wardsCsv } from '../support/client.ts'
import { folder, redis, redisClient, s3, startService } from '../support/parts.ts'

const PROGRAM = join(import.meta.dirname, '../../dist/mcp.js')

t.setTimeout(240_000)

interface Answer {
  readonly text: string
  readonly isError: boolean
  readonly json: <T>() => T
}

interface Rows {
  readonly rows: readonly (readonly (string | number)[])[]
}

/** A client of the SDK's own with a server of ours behind it. */
async function connected(
  t: Test,
  args: readonly string[],
): Promise<{
  readonly client: Client
  readonly pid: number
  readonly errors: () => string
  readonly call: (name: string, input?: Record<string, unknown>) => Promise<Answer>
}> {
  const transport = new StdioClientTransport({ command: process.execPath, args: [PROGRAM, ...args], stderr: 'pipe' })
  const chunks: Buffer[] = []
  transport.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk))
  const client = new Client({ name: 'a-test', version: '1' })
  await client.connect(transport)
  t.teardown(() => client.close())
  return {
    client,
    pid: transport.pid ?? 0,
    errors: () => Buffer.concat(chunks).toString(),
    call: async (name, input = {}) => {
      const { content, isError } = await client.callTool({ name, arguments: input })
      const text = (content as { text?: string }[]).map((one) => one.text ?? '').join('')
      return { text, isError: isError === true, json: <T>() => JSON.parse(text) as T }
    },
  }
}

const write = (t: Test, csv: string): string => {
  const file = join(folder(t), 'wards.csv')
  writeFileSync(file, csv)
  return file
}

t.test('a client of the protocol', async (t) => {
  const [server, objects] = [await redis(t), await s3(t)]
  const service = await startService(t, { redis: server, s3: objects })
  const operator = redisClient(t, server)
  const sessions = async (): Promise<number> => (await operator.keys('sess:*')).length

  await t.test('asks for figures of the files that the server was started with, and sees no id', async (t) => {
    const mark = canary()
    const csv = wardsCsv(mark)
    const cells = csv
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','))
    const { client, call, errors } = await connected(t, [
      ...['--service', service.url, '--wards', write(t, csv), '--indicators', 'tpr,rainfall'],
    ])
    const { tools } = await client.listTools()
    t.strictSame(
      tools.map(({ name }) => name),
      [
        ...['describe_data', 'query_wards', 'draw_chart', 'rank_wards', 'explain_ward', 'summarise_lgas'],
        ...['explain_method', 'answer_knowledge'],
      ],
    )
    t.ok(tools.every(({ annotations }) => annotations?.readOnlyHint === true))

    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
    const inLga = cells.filter(([, lga]) => lga === 'LGA 2').map(([, , tpr]) => Number(tpr))
    const asked = await call('query_wards', {
      where: [{ column: 'LGA', op: '=', value: 'LGA 2' }],
      measures: [{ measure: 'mean', column: 'tpr' }, { measure: 'count' }],
    })
    const [[told = 0, count] = []] = asked.json<Rows>().rows
    t.ok(Math.abs(Number(told) - mean(inLga)) < 1e-9, `${String(told)}, ${String(mean(inLga))}`)
    t.equal(count, inLga.length)

    const ranked = (await call('rank_wards', { order: 'highest', count: '3' })).json<Rows>().rows
    t.strictSame(
      ranked.map(([rank]) => rank),
      [1, 2, 3],
    )
    const first = String(ranked[0]?.[1])
    t.match((await call('explain_ward', { ward: first })).text, new RegExp(first))
    t.strictSame(
      (await call('rank_wards', { order: 'lowest', count: 1 })).json<Rows>().rows.map(([rank]) => rank),
      [cells.length],
    )
    const { lgas, indicators } = (await call('summarise_lgas')).json<{
      lgas: { lga: string; wards: number }[]
      indicators: { name: string }[]
    }>()
    t.strictSame(
      lgas.map(({ lga, wards }) => [lga, wards]).sort(),
      ['LGA 1', 'LGA 2', 'LGA 3'].map((lga) => [lga, cells.filter((row) => row[1] === lga).length]),
    )
    t.strictSame(indicators.map(({ name }) => name).sort(), ['rainfall', 'tpr'])
    t.match((await call('describe_data')).json(), { wards: cells.length })
    t.match((await call('explain_method')).json<{ text: string }>().text, /rank|score/)
    const drawn = (await client.callTool({
      name: 'draw_chart',
      arguments: { kind: 'bar', groupBy: 'LGA', measure: { measure: 'count' } },
    })) as { content: { type: string; text?: string; data?: string; mimeType?: string }[] }
    t.match(drawn.content, [{ type: 'text' }, { type: 'image', mimeType: 'image/svg+xml' }])
    t.match(Buffer.from(drawn.content[1]?.data ?? '', 'base64').toString(), /^<svg[\s\S]*LGA 2[\s\S]*<\/svg>\s*$/)
    t.notMatch(drawn.content[0]?.text, /<svg/)
    for (const answer of [
      await call('describe_data'),
      await call('query_wards', {}),
      await call('explain_ward', { ward: first }),
      await call('summarise_lgas'),
    ]) {
      t.notOk(answer.isError, answer.text)
      t.notMatch(answer.text, /"(?:id|\w+Id)":/)
    }

    for (const [name, input, words] of [
      ['query_wards', { measures: [{ measure: 'mean', column: 'rainfal' }] }, /rainfal/],
      ['query_wards', { analysisId: 'x' }, /analysisId is not known here/],
      ['explain_ward', { ward: 'Nowhere' }, /Nowhere/],
      ['rank_wards', { order: 'up' }, /must be one of highest, lowest/],
      ['plan_nets', { totalNets: 5 }, /There is no tool plan_nets/],
    ] as const) {
      const refused = await call(name, input)
      t.ok(refused.isError, name)
      t.match(refused.text, words)
    }
    t.equal(errors(), '', 'nothing is reported')

    t.equal(await sessions(), 1)
    await client.close()
    await until(async () => (await sessions()) === 0, 20_000, 'the end of the session, as its input closed')
  })

  await t.test('is told of open questions in words, and can still ask for what the files hold', async (t) => {
    const csv = 'WardName,LGA,tpr,rainfall\nA,L,1,2000\nB,L,3,-9999\nC,L,5,1800\nD,L,6,1700\nE,L,4,1900\n'
    const { call, client } = await connected(t, [
      ...['--service', service.url, '--wards', write(t, csv), '--indicators', 'tpr', '--indicators', 'rainfall'],
    ])
    const refused = await call('rank_wards', { order: 'highest' })
    t.ok(refused.isError)
    t.match(refused.text, /These questions about the files are open:\n- .*-9,?999/)
    t.match((await call('describe_data')).json(), { wards: 5 })
    await client.close()
    await until(async () => (await sessions()) === 0, 20_000, 'the end of the session')
  })

  await t.test('is told in words when the files are refused, or the service cannot be reached', async (t) => {
    for (const [url, csv, words] of [
      [service.url, 'rainfall,tpr\n1,2\n', /wards\.csv/],
      ['http://127.0.0.1:9', wardsCsv(canary()), /cannot be reached/],
    ] as const) {
      const { call, client, errors } = await connected(t, ['--service', url, '--wards', write(t, csv)])
      const refused = await call('describe_data')
      t.ok(refused.isError)
      t.match(refused.text, words)
      t.match(errors(), words, 'and the log has it')
      await client.close()
    }
    await until(async () => (await sessions()) === 0, 20_000, 'the end of the sessions')
  })

  await t.test('SIGTERM ends the session, and standard output holds messages of the protocol alone', async (t) => {
    const child = spawn(process.execPath, [
      ...[PROGRAM, '--service', service.url, '--wards', write(t, wardsCsv(canary()))],
    ])
    const ended = once(child, 'exit')
    t.teardown(() => child.kill('SIGKILL'))
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
    const send = (message: object): void => {
      child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
    }
    send({
      id: 1,
      method: 'initialize',
      params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'a-test', version: '1' } },
    })
    send({ method: 'notifications/initialized' })
    send({ id: 2, method: 'tools/call', params: { name: 'describe_data', arguments: {} } })
    await until(() => output.includes('"id":2'), 30_000, 'the answer')
    const messages = output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    t.strictSame(
      messages.map(({ jsonrpc, id }) => [jsonrpc, id]),
      [
        ['2.0', 1],
        ['2.0', 2],
      ],
    )
    t.equal(await sessions(), 1)
    child.kill('SIGTERM')
    t.strictSame(await ended, [0, null])
    t.equal(await sessions(), 0)
  })
})

t.test('a client of the protocol is told when the session has ended', async (t) => {
  const service = await startService(t, {
    redis: await redis(t),
    s3: await s3(t),
    env: { SESSION_ABSOLUTE_SECONDS: '4' },
  })
  const { call } = await connected(t, ['--service', service.url, '--wards', write(t, wardsCsv(canary()))])
  await until(async () => (await call('describe_data')).text.startsWith('The session of this server has ended'), 30_000)
  const { isError, text } = await call('query_wards', {})
  t.ok(isError)
  t.match(text, /Start this server again/)
})

t.test('arguments that cannot be used end the program with what can be given', async (t) => {
  for (const [args, words] of [
    [[], /--service must be the address/],
    [['--service', 'http://nets.example.org', '--wards', 'w.csv'], /must be https:\/\//],
    [['--service', 'https://nets.example.org/api', '--wards', 'w.csv'], /--service must be the address/],
    [['--service', 'https://nets.example.org'], /--wards must be the file/],
    [['--service', 'https://nets.example.org', '--wards', 'w.csv', '--indicators', 'a,,b'], /--indicators must be/],
    [['--session', 'x'], /--session/],
  ] as const) {
    const child = spawn(process.execPath, [PROGRAM, ...args])
    let [output, errors] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
    t.strictSame(await once(child, 'close'), [1, null])
    t.equal(output, '')
    t.match(errors, words)
    t.match(errors, /Use: node dist\/mcp\.js --service URL --wards FILE/)
  }
})
