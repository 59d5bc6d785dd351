import t, { type Test } from 'tap'
import { askForEvents, turnsOf } from '../support/chat.ts'
import { canary, person, repeated, uploadWards, wardsCsv, type Person } from '../support/client.ts'
import { fakeModel } from '../support/fake-model.ts'
import { redis, s3, secrets, startService } from '../support/parts.ts'

const PEOPLE = 100
/** In each round every task and every question has its share of the people. */
const ROUNDS = 2

interface Chatter {
  readonly who: Person
  /** In every ward of theirs, and in every message. */
  readonly mark: string
  readonly seen: string[]
}

t.setTimeout(600_000)

t.test(
  "100 chats at once on 3 tasks: nobody's marker is in anybody else's prompt or answer",
  { timeout: 500_000 },
  async (t) => {
    const parts = { redis: await redis(t), s3: await s3(t), secrets: secrets() }
    const tasksOf = async (env: Readonly<Record<string, string>>): Promise<string[]> =>
      await Promise.all([1, 2, 3].map(async () => (await startService(t, { ...parts, env })).url))
    const byRules = await tasksOf({})
    const people: Chatter[] = []
    for (let at = 0; at < PEOPLE; at += 5)
      people.push(
        ...(await Promise.all(
          Array.from({ length: 5 }, async (_, beside) => await chatter(t, byRules[(at + beside) % 3] ?? '')),
        )),
      )

    await t.test('by rules', { timeout: 200_000 }, async (t) => {
      await chatAll(t, people, byRules, ROUNDS)
    })

    await t.test('by a model that repeats all it was given', { timeout: 200_000 }, async (t) => {
      const fake = await fakeModel(t)
      fake.script = ({ toolResults, system, lastUserText }) =>
        toolResults.length === 0
          ? [{ call: 'rank_wards', input: { order: 'highest', count: 5 } }]
          : [{ say: [...new Set([system, lastUserText, ...toolResults].join(' ').match(/Zq[0-9a-f]{18}/g))].join(' ') }]
      const answers = await chatAll(
        t,
        people,
        await tasksOf(fake.env(fake.entry('repeater', 'openai-compatible'))),
        ROUNDS,
      )
      const mixed = fake.prompts.filter(({ body }) => new Set(body.match(/Zq[0-9a-f]{18}/g)).size !== 1)
      t.equal(mixed.length, 0, `0 of ${String(fake.prompts.length)} prompts lack the marker of exactly one person`)
      t.ok(fake.prompts.length >= answers)
    })
  },
)

/** Everybody asks, as JSON and as streams, over all tasks; gives the number of answers. */
async function chatAll(t: Test, people: readonly Chatter[], tasks: readonly string[], rounds: number): Promise<number> {
  let answers = 0
  for (let round = 0; round < rounds; round += 1) {
    const questions = ['Which wards are most at risk?', 'What data are there?', 'How good are my data?'] as const
    await Promise.all(
      people.map(async ({ who, mark, seen }, at) => {
        const message = `${questions[(round + at) % 3] ?? ''} (${mark})`
        const task = tasks[(round + at) % 3] ?? ''
        const reply = await repeated(async () =>
          at % 2 === 0
            ? await who.post('/api/chat', { message }, { at: task })
            : (await askForEvents(who, message, task)).reply,
        )
        if (reply.status === 200) answers += 1
        seen.push(JSON.stringify(reply.headers) + reply.text)
      }),
    )
  }
  for (const { who, seen } of people) seen.push(JSON.stringify(await turnsOf(who)))
  const foreign = people.flatMap(({ mark, seen }) =>
    seen.filter((text) => (text.match(/Zq[0-9a-f]{18}/g) ?? []).some((found) => found !== mark)),
  )
  t.strictSame(
    foreign.slice(0, 1),
    [],
    `0 foreign markers in ${String(people.reduce((sum, { seen }) => sum + seen.length, 0))} texts`,
  )
  t.ok(
    people.every(({ mark, seen }) => seen.some((text) => text.includes(mark))),
    "and everybody's own are there",
  )
  t.ok(answers >= PEOPLE * rounds * 0.9, `${String(answers)} answers`)
  return answers
}

async function chatter(t: Test, url: string): Promise<Chatter> {
  const mark = canary()
  const who = person(t, url)
  await who.start()
  await uploadWards(who, wardsCsv(mark, 6))
  await repeated(async () => await who.post('/api/analyses', {}))
  return { who, mark, seen: [] }
}
