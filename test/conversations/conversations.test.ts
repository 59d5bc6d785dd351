import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { say } from '../support/chat.ts'
import { person, startWith, uploadWards, type Person } from '../support/client.ts'
import { redis, s3, startService } from '../support/parts.ts'
import { aboutFigures } from './about-figures.ts'
import { aboutLists } from './about-lists.ts'
import { aboutPlans } from './about-plans.ts'
import { aboutPremises, aboutSafety } from './about-premises.ts'
import { hold, type Count, type Turn } from './talk.ts'
import { townCsv, townWards } from './town.ts'
import { ranked, type Ward } from './truth.ts'

const SAMPLE = join(import.meta.dirname, '../../service/sample')
const LEAST_TURNS = 200

/** The wards of the sample, from the cells of its file. */
function sampleWards(): readonly Omit<Ward, 'rank' | 'score' | 'tier'>[] {
  const [header = '', ...lines] = readFileSync(join(SAMPLE, 'wards.csv'), 'utf8').trim().split(/\r?\n/)
  const columns = header.split(',')
  return lines.map((line) => {
    const parts = line.split(',')
    const [code = '', name = '', lga = '', , people, urban] = parts
    const cells = Object.fromEntries(columns.map((column, at) => [column, Number(parts[at] || NaN)]))
    return { code, name, label: name, lga, people: Number(people), urban: Number(urban), cells }
  })
}

async function holdAll(t: Test, who: Person, talks: readonly (readonly Turn[])[], count: Count): Promise<void> {
  for (const turns of talks) await hold(t, who, turns, count)
}

t.setTimeout(240_000)
t.test('whole conversations are answered right, turn by turn', { timeout: 230_000 }, async (t) => {
  const [server, store] = await Promise.all([redis(t), s3(t)])
  const { url } = await startService(t, { redis: server, s3: store })
  const count: Count = { turns: 0 }

  await t.test('before there are data', async (t) => {
    const who = person(t, url)
    await who.start()
    const { suggestions } = (await who.get('/api/chat')).json<{ suggestions: string[] }>()
    t.equal(suggestions.length, 4)
    for (const question of suggestions) t.match(question, /\?$|^Explain/)
    await holdAll(
      t,
      who,
      [
        ...aboutSafety(),
        [
          ['hello', { intent: 'chat', says: ['no data in this session'], options: suggestions }],
          ['rank my wards', { intent: 'clarify', says: ['Upload a ward table'] }],
          ['what next?', { says: ['upload a table of wards'] }],
        ],
      ],
      count,
    )
  })

  for (const { name, column, wards, open } of [
    {
      name: 'the sample',
      column: 'mean_rainfall_mm',
      wards: sampleWards(),
      open: async (who: Person) => startWith(who, SAMPLE),
    },
    {
      name: 'a town',
      column: 'mean_rainfall',
      wards: townWards(),
      open: async (who: Person) => {
        await who.start()
        await uploadWards(who, townCsv())
      },
    },
  ])
    await t.test(name, async (t) => {
      const who = person(t, url)
      await open(who)
      await hold(
        t,
        who,
        [
          [
            'I just put my file. what next?',
            { intent: 'propose_analysis', says: ['choose 2 to 10 indicators', `I read ${String(wards.length)} wards`] },
          ],
          [
            'rank my wards',
            { intent: 'propose_analysis', says: ['have not been ranked yet', 'Shall I run the analysis'] },
          ],
          ['yes', { intent: 'run_analysis', says: [`${String(wards.length)} wards are ranked`] }],
        ],
        count,
      )
      const inOrder = await ranked(who, wards)
      await holdAll(
        t,
        who,
        [
          ...aboutLists(inOrder, column),
          ...aboutFigures(inOrder, column),
          ...aboutPremises(inOrder, column),
          ...aboutSafety(),
        ],
        count,
      )
      await holdAll(t, who, aboutPlans(inOrder), count)
    })

  await t.test('what one person was shown, another person never refers to', async (t) => {
    const [ada, bela] = [person(t, url), person(t, url)]
    await startWith(ada, SAMPLE)
    await bela.start()
    await uploadWards(bela, townCsv())
    for (const who of [ada, bela]) await say(who, 'Run the analysis')
    const top = async (who: Person, wards: Parameters<typeof ranked>[1]): Promise<string> =>
      (await ranked(who, wards))[1]?.label ?? ''
    const [ofAda, ofBela] = [await top(ada, sampleWards()), await top(bela, townWards())]
    await say(ada, 'top 3 wards')
    t.match((await say(bela, 'why is the second one there?')).reply.text, ofBela, 'the rows of her own analysis')
    await say(bela, 'top 3 wards')
    const [first, second] = await Promise.all([say(ada, 'why the second one?'), say(bela, 'why the second one?')])
    t.match(first.reply, { intent: 'explain_ward', text: ofAda })
    t.match(second.reply, { intent: 'explain_ward', text: ofBela })
    t.notMatch(second.reply.text, ofAda)
    t.notOk((await ada.get('/api/chat')).text.includes('remembered'), 'it is kept, and is no part of a reply')
  })

  t.comment(`${String(count.turns)} turns were judged`)
  t.ok(count.turns >= LEAST_TURNS, 'there are enough turns')
})
