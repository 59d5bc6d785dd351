// run alone: it measures how soon a person sees that an answer is on its way
import { join } from 'node:path'
import t from 'tap'
import { openStream, readEvents, say } from '../support/chat.ts'
import { person, startWith } from '../support/client.ts'
import { redis, s3, startService } from '../support/parts.ts'

const sample = join(import.meta.dirname, '../../service/sample')

t.setTimeout(120_000)
t.test(
  'in rules mode the first event comes within 100 ms, and so do the first words of the answer',
  { timeout: 100_000 },
  async (t) => {
    const service = await startService(t, { redis: await redis(t), s3: await s3(t) })
    const who = person(t, service.url)
    await startWith(who, sample)
    await say(who, 'Run the analysis')
    const firsts: number[] = []
    const words: number[] = []
    const wholes: number[] = []
    for (let round = 0; round < 20; round += 1) {
      const begin = performance.now()
      const stream = await openStream(who, service.url, 'Which wards are most at risk?')
      firsts.push(performance.now() - begin)
      let text = ''
      const look = (chunk: string): void => {
        text += chunk
        if (words.length === round && /^data: \{"text":"[^"]/m.test(text)) words.push(performance.now() - begin)
      }
      look(stream.first)
      const rest = await stream.rest(look)
      const { events } = readEvents(stream.first + rest)
      wholes.push(performance.now() - begin)
      t.equal(events.at(-1)?.event, 'reply')
      t.equal(words.length, round + 1, 'words came before the whole')
    }
    const median = (all: readonly number[]): number =>
      [...all].sort((one, other) => one - other)[Math.floor(all.length / 2)] ?? NaN
    t.comment(
      `first event ${median(firsts).toFixed(1)} ms, at worst ${Math.max(...firsts).toFixed(1)} ms; first words ` +
        `${median(words).toFixed(1)} ms; whole reply ${median(wholes).toFixed(1)} ms`,
    )
    t.ok(median(firsts) < 100, `first event, which has no words yet: median of 20 is ${median(firsts).toFixed(1)} ms`)
    t.ok(median(words) < 100, `first words: median of 20 is ${median(words).toFixed(1)} ms`)
  },
)
