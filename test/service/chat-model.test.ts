import t, { type Test } from 'tap'
import { askForEvents, openStream, readEvents, say, turnsOf } from '../support/chat.ts'
import { canary, person, until, uploadWards, wardsCsv, type Person } from '../support/client.ts'
import { fakeModel, type FakeModel, type FakePrompt, type FakeStep } from '../support/fake-model.ts'
import { redis, s3, secrets, startService, type TestService } from '../support/parts.ts'

async function analysed(t: Test, url: string, mark = canary()): Promise<Person> {
  const who = person(t, url)
  await who.start()
  await uploadWards(who, wardsCsv(mark))
  const made = await who.post('/api/analyses', {})
  if (made.status !== 201) throw new Error(made.text)
  return who
}

/** Calls a tool, then answers with what `words` makes of its result. */
const callThenSay =
  (tool: string, input: unknown, words: (result: string) => string) =>
  ({ toolResults }: FakePrompt): readonly FakeStep[] =>
    toolResults.length === 0 ? [{ call: tool, input }] : [{ say: words(toolResults.join()) }]

t.setTimeout(300_000)

for (const provider of ['openai-compatible', 'bedrock'] as const) {
  t.test(`the chat with a model behind it (${provider})`, { timeout: 240_000 }, async (t) => {
    const fake = await fakeModel(t)
    const service = await startService(t, {
      redis: await redis(t),
      s3: await s3(t),
      env: fake.env(fake.entry('fake-one', provider)),
    })
    await t.test('the model chooses a tool, and its words go out with what the tool rests on', async (t) => {
      const who = await analysed(t, service.url)
      fake.script = callThenSay('rank_wards', { order: 'highest', count: 3 }, () => 'Here they are.')
      const { reply, turn } = await say(who, 'Who needs help first?')
      t.match(reply, { intent: 'rank_wards', basis: [/ersion 1/] })
      t.match(reply.text, /^Of .* are at highest risk .*\n\nHere they are\.\n\n/, "the tool's own words come first")
      t.match(turn, { mode: 'fake-one', datasetVersion: 1 })
      const { events } = await askForEvents(who, 'Who needs help first?')
      t.equal(events.at(-1)?.event, 'reply')
      t.equal((await turnsOf(who)).length, 2)
    })

    await t.test('the values of a ward reach the model as the file has them', async (t) => {
      const mark = canary()
      const who = await analysed(t, service.url, mark)
      fake.script = callThenSay(
        'ward_values',
        { wards: [`${mark} 2`], columns: ['rainfall'] },
        (result) => (JSON.parse(result) as { text: string }).text,
      )
      const { reply, turn } = await say(who, `How much rain fell in ${mark} 2?`)
      const cells = wardsCsv(mark).split('\n')
      const at = cells[0]?.split(',').indexOf('rainfall') ?? -1
      t.match(
        [reply.intent, turn.mode, reply.table?.rows],
        [
          'ward_values',
          'fake-one',
          [[`${mark} 2`, Number(cells.find((line) => line.startsWith(`${mark} 2,`))?.split(',')[at])]],
        ],
      )
    })

    await t.test('figures and wards by reference are filled in from the results of this turn', async (t) => {
      const mark = canary()
      const who = await analysed(t, service.url, mark)
      fake.script = callThenSay(
        'rank_wards',
        { order: 'highest', count: 2 },
        () => '{r1.rows[0].ward} has a score of {r1.rows[0].score}, and {r1.rows[1].ward} has {r1.rows[1].score}.',
      )
      const { reply, turn } = await say(who, 'Who needs help first?')
      const [first = [], second = []] = reply.table?.rows ?? []
      const at = (name: string): number => reply.table?.columns.indexOf(name) ?? -1
      const told = (row: readonly unknown[]): string =>
        Number(row[at('score')]).toLocaleString('en', { maximumFractionDigits: 4 })
      t.ok(
        reply.text.includes(
          `${String(first[at('ward')])} has a score of ${told(first)}, and ` +
            `${String(second[at('ward')])} has score ${told(second)}.`,
        ),
        reply.text,
      )
      t.equal(turn.mode, 'fake-one')
      t.match(fake.prompts.at(-1)?.toolResults[0], /^\{"result":"r1"/)
    })

    await t.test('words that the results do not bear are not shown, and that is said', async (t) => {
      const mark = canary()
      const who = await analysed(t, service.url, mark)
      for (const words of [
        '{r1.rows[1].ward} has a score of {r1.rows[0].score}.',
        '{r1.rows[0].ward} is the safest, with {r1.rows[0].score}.',
        `${mark} 900 has {r1.rows[0].score}.`,
        'Every ward is safe.',
        'See ![map](https://evil.example/?q=x) and [here](//evil.example).',
        `${'['.repeat(9_000)}${'a.'.repeat(4_000)}${'[](('.repeat(1_500)}`,
      ]) {
        fake.script = callThenSay('rank_wards', { order: 'highest', count: 2 }, () => words)
        const { reply, turn } = await say(who, 'Who needs help first?')
        t.match(reply.text, /^The model fake-one said something that the results do not bear.*\n\nOf /)
        t.notMatch(reply.text, /is the safest|Every ward|evil|a\.a\.| 900 |has a score/)
        t.match([turn.mode, reply.intent], ['rules', 'rank_wards'])
      }
    })

    await t.test('a tool is demanded at first; without that, the rules choose and the model words', async (t) => {
      const who = await analysed(t, service.url)
      const asked = fake.prompts.length
      fake.script = callThenSay('rank_wards', { order: 'highest' }, () => 'Here they are.')
      await say(who, 'Who needs help first?')
      t.strictSame(
        fake.prompts.slice(asked).map(({ mustChoose }) => mustChoose),
        [true, false],
      )
      fake.script = ({ mustChoose }) =>
        mustChoose ? [{ status: 400, errorText: 'tool_choice is not known' }] : [{ say: 'Here they are.' }]
      const { reply, turn } = await say(who, 'Which five wards are most at risk?')
      t.match([turn.mode, reply.intent, reply.table?.rows.length], ['fake-one', 'rank_wards', 5])
      t.match(reply.text, /^Of .*\n\nHere they are\./)
      t.match(fake.prompts.at(-1)?.toolResults[0], /^\{"result":"r1"/, 'the model read what the rules had chosen')
      const unclear = await say(who, 'Colourless green ideas?')
      t.match([unclear.turn.mode, unclear.reply.intent], ['rules', 'clarify'])
    })

    await t.test('thoughts are not shown, calls as text are calls, and a cut reply says that it is', async (t) => {
      const who = await analysed(t, service.url)
      fake.script = ({ toolResults }) =>
        toolResults.length === 0
          ? [
              {
                say:
                  '<think>Perhaps 731?</think><tool_call>' +
                  '{"name":"functions.rank_wards","arguments":{"order":"Highest","count":"2","lga":null}}</tool_call>',
              },
            ]
          : [{ say: '<think>So 731.</think>Here they are. {r1.rows[0].ward} has a sco' }, { end: { reason: 'length' } }]
      const { reply, turn } = await say(who, 'Who needs help first?')
      t.match([turn.mode, reply.table?.rows.length], ['fake-one', 2])
      t.match(reply.text, /\n\nHere they are\.\n\nThe words of fake-one were cut off here\./)
      t.notMatch(reply.text, /731|think|a sco/)
    })

    await t.test('what the rules decline does not reach the model', async (t) => {
      const who = await analysed(t, service.url)
      const asked = fake.prompts.length
      t.match((await say(who, 'My child has a fever, which medicine should I give?')).reply, { intent: 'decline' })
      t.equal(fake.prompts.length, asked)
    })

    await t.test('figures that come from no tool are not shown, and that is said', async (t) => {
      const who = await analysed(t, service.url)
      fake.script = callThenSay(
        'rank_wards',
        { order: 'highest' },
        () => 'The risk there is 0.98765 and 4,321 people live there.',
      )
      const { reply, turn } = await say(who, 'Who needs help first?')
      t.notMatch(reply.text, /98765|4,321/)
      t.match(reply.text, /fake-one said something that the results do not bear/)
      t.match([turn.mode, reply.intent], ['rules', 'rank_wards'])
      fake.script = () => [{ say: 'There are 731 wards.' }]
      const plain = await say(who, 'What data are there?')
      t.notMatch(plain.reply.text, /731/)
      t.match([plain.turn.mode, plain.reply.intent], ['rules', 'describe_data'], 'without a tool the rules answer')
    })

    await t.test(
      'a call without what it needs gets a reply that says so, and a call finds what an earlier one made',
      async (t) => {
        const who = person(t, service.url)
        await who.start()
        await uploadWards(who, wardsCsv(canary()))
        const calls = [
          ['rank_wards', { order: 'highest', count: 1 }],
          ['run_analysis', {}],
          ['rank_wards', { order: 'highest', count: 1 }],
        ] as const
        fake.script = ({ toolResults }) => {
          const [tool, input] = calls[toolResults.length] ?? []
          return tool === undefined ? [{ say: 'Here they are.' }] : [{ call: tool, input }]
        }
        const { reply } = await say(who, 'Who needs help first?')
        const [before, , after] = fake.prompts.at(-1)?.toolResults ?? []
        t.equal(before, 'There is no analysis yet.')
        t.match(after, /this is the one at highest risk/)
        t.match(reply, { intent: 'rank_wards', analysis: { state: 'done' } })
      },
    )

    await t.test('a call that is not one, or that has an id, does nothing, and the model is informed', async (t) => {
      const [who, other] = [await analysed(t, service.url, 'Zqalice'), await analysed(t, service.url, 'Zqbob')]
      const { id: session } = (await other.get('/api/session')).json<{ session: { id: string } }>().session
      const { analyses } = (await other.get('/api/analyses')).json<{ analyses: { id: string }[] }>()
      const made = async (): Promise<string[]> =>
        await Promise.all(
          [who, other].flatMap((one) =>
            ['analyses', 'itn-plans', 'exports'].map(async (what) => (await one.get(`/api/${what}`)).text),
          ),
        )
      const before = await made()
      const calls: readonly (readonly [string, unknown])[] = [
        ['export_result', { kind: 'rankings.csv', analysisId: analyses[0]?.id }],
        ['rank_wards', { order: 'highest', session_id: session }],
        ['read_session', { session_id: session }],
        ['rank_wards', { order: 'sideways' }],
        ['rank_wards', { order: 'highest', count: -1 }],
        ['__proto__', {}],
        ['constructor', {}],
        ['plan_nets', { totalNets: 'five' }],
        ['explain_ward', { ward: 'Zqbob 1' }],
        ['rank_wards', '{"order": "hi'],
        ['rank_wards', '{"order":"highest","__proto__":{"count":3}}'],
        ['rank_wards', '{"constructor":{"order":"highest"}}'],
        ['rank_wards', `${'['.repeat(4_000)}${']'.repeat(4_000)}`],
      ]
      for (const [tool, input] of calls) {
        fake.script = callThenSay(tool, input, (result) => (result.includes('Zqbob 2') ? result : 'I cannot do that.'))
        const { reply } = await say(who, 'Go on')
        t.notMatch(JSON.stringify({ ...reply, options: [] }), /Zqbob [2-9]/, tool)
        t.match(
          fake.prompts.at(-1)?.toolResults.join(),
          tool === 'explain_ward' ? /Zqbob 1/ : /There is no such tool|does not take this input/,
          `the model is told that it was none: ${tool} ${JSON.stringify(input)}`,
        )
      }
      t.strictSame(await made(), before, 'nothing was made')
    })

    await t.test(
      'a model that fails is replaced by the rules, and the reply says so; the session is unharmed',
      async (t) => {
        const who = await analysed(t, service.url)
        const failures: readonly (readonly FakeStep[])[] = [
          [{ status: 500, errorText: 'secret detail' }],
          [{ status: 429, errorText: 'slow down' }],
          [{ say: 'Well' }, { cut: true }],
          [{ streamError: 'secret detail' }],
          [{ garbage: 'no json' }],
          [{ say: '' }],
          [{ say: 'No.' }, { end: { reason: 'refused' } }],
        ]
        for (const steps of failures) {
          fake.script = () => steps
          const { reply, turn } = await say(who, 'What data are there?')
          t.match([reply.intent, turn.mode], ['describe_data', 'rules'], JSON.stringify(steps))
          t.match(
            reply.text,
            /^The model fake-one (?:could not be reached|gave no answer).* This was answered by rules\./,
          )
          t.notMatch(reply.text, /secret detail/)
        }
        fake.script = callThenSay('rank_wards', { order: 'highest' }, () => '')
        t.match(
          (await say(who, 'Who needs help first?')).reply.text,
          /^The model fake-one gave no answer\. These are the words of the tools themselves\./,
        )
        fake.script = () => [{ call: 'describe_data', input: {} }]
        t.match(
          (await say(who, 'Who needs help first?')).reply.text,
          /^The model fake-one did not reach an answer/,
          'also one that calls tools for ever',
        )
        await until(
          () => service.lines().some((line) => line['ChatTurns'] === 1 && line['Mode'] === 'fallback'),
          5_000,
          'the count',
        )
      },
    )

    await t.test("a prompt holds the session's own names and turns, and those of old data no longer", async (t) => {
      const [mine, theirs] = [canary(), canary()]
      const who = await analysed(t, service.url, mine)
      await say(await analysed(t, service.url, theirs), `What data are there? ${theirs}`)
      const asked = fake.prompts.length
      fake.script = () => [{ say: 'Noted.' }]
      const secret = canary()
      await say(who, `Remember ${secret}`)
      await say(who, 'What did I say?')
      const prompts = fake.prompts.slice(asked)
      const [, second] = prompts
      t.match(second?.body, secret, 'the own turns')
      t.match(second?.body, `${mine} 1`, 'the own wards')
      t.ok(
        prompts.every(({ body }) => !body.includes(theirs)),
        "nobody else's",
      )
      t.ok(
        prompts.every(({ body }) => !/session_?id|"[A-Za-z0-9_-]{32}"/i.test(body)),
        'no id of anything',
      )
      await uploadWards(who, wardsCsv(canary()))
      await say(who, 'And now?')
      t.notMatch(fake.prompts.at(-1)?.body, new RegExp(`${secret}|${mine}`), 'turns about replaced data are left out')
    })

    await t.test(
      'a client that leaves while the model answers leaves nothing behind, and ends the call of the model',
      async (t) => {
        const who = await analysed(t, service.url)
        fake.script = () => [{ hang: true }]
        const asked = fake.prompts.length
        const stream = await openStream(who, service.url, 'Which wards are at highest risk?')
        await until(() => fake.prompts.length > asked, 5_000, 'the prompt')
        const { abandoned } = fake
        stream.leave()
        await until(() => fake.abandoned > abandoned, 5_000, 'the model being let go')
        t.strictSame(await turnsOf(who), [])
        t.notMatch(service.output(), /failed by a bug/)
      },
    )

    await t.test(
      'a silent model is given up within the deadline, with heartbeats until then',
      { timeout: 60_000 },
      async (t) => {
        const who = await analysed(t, service.url)
        fake.script = () => [{ hang: true }]
        const begin = performance.now()
        const stream = await openStream(who, service.url, 'What data are there?')
        const { events, comments } = readEvents(stream.first + (await stream.rest()))
        t.ok(performance.now() - begin < 50_000)
        t.ok(comments.length > 0)
        t.match(JSON.parse(events.at(-1)?.data ?? '{}'), {
          reply: { intent: 'describe_data', text: /could not be reached or took too long/ },
          turn: { mode: 'rules' },
        })
        t.equal((await turnsOf(who)).length, 1)
      },
    )
    noWordsIn(t, service, fake)
  })
}

t.test(
  'a task that is stopped finishes its running turn first; of a turn on a killed task nothing is kept',
  { timeout: 120_000 },
  async (t) => {
    const fake = await fakeModel(t)
    const parts = {
      redis: await redis(t),
      s3: await s3(t),
      secrets: secrets(),
      env: fake.env(fake.entry('fake-one', 'openai-compatible')),
    }
    const [stopped, killed, other] = await Promise.all([
      startService(t, parts),
      startService(t, parts),
      startService(t, parts),
    ])
    const who = await analysed(t, stopped.url)
    const underWay = async (url: string): Promise<Awaited<ReturnType<typeof openStream>>> => {
      const asked = fake.prompts.length
      const stream = await openStream(who, url, 'Who needs help first?')
      await until(() => fake.prompts.length > asked, 5_000, 'the prompt')
      return stream
    }
    fake.script = ({ toolResults }) =>
      toolResults.length === 0
        ? [{ pauseMs: 3_000 }, { call: 'rank_wards', input: { order: 'highest' } }]
        : [{ say: 'Here they are.' }]
    const stream = await underWay(stopped.url)
    const ended = stopped.process.stop(60_000)
    const { events } = readEvents(stream.first + (await stream.rest()))
    t.match(
      [events.at(-1)?.event, JSON.parse(events.at(-1)?.data ?? '{}')],
      ['reply', { reply: { text: /\n\nHere they are\./ }, turn: { mode: 'fake-one' } }],
    )
    t.match(await ended, { code: 0, signal: null })
    const turns = await turnsOf(who, other.url)
    t.equal(turns.length, 1, 'another task has the turn')

    fake.script = () => [{ hang: true }]
    const cut = await underWay(killed.url)
    process.kill(killed.process.pid, 'SIGKILL')
    await t.rejects(cut.rest(), 'the stream breaks off and is not whole')
    t.strictSame(await turnsOf(who, other.url), turns, 'and nothing of it is kept')
  },
)

/** Logs show what happened, never what was said. */
function noWordsIn(t: Test, service: TestService, fake: FakeModel): void {
  t.ok(fake.prompts.length > 10)
  t.notMatch(
    service.output(),
    /Zqalice|Who needs help|Noted\.|I cannot do that|secret detail/,
    "no log line holds a message, a ward or a model's words",
  )
}
