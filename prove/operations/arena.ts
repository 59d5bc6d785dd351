import { jsonOf, problemOf, type Exchange } from '../client.ts'
import type { Outcome } from '../outcome.ts'
import { ask, judge, pick, type Operation, type Tab } from '../world.ts'

interface BattleReply {
  readonly battle: {
    readonly id: string
    readonly answers: readonly { readonly slot: string; readonly text: string }[]
  }
}
interface VoteReply {
  readonly battle: { readonly models: { readonly a: string; readonly b: string } }
}

const VOTE = { name: 'vote in the arena', route: 'POST /api/arena/battles/{battleId}/vote' } as const
const CHOICES = ['a', 'b', 'tie', 'bad'] as const

export function arenaOperations(): Operation[] {
  return [
    {
      name: 'start a battle',
      route: 'POST /api/arena/battles',
      weight: 1,
      run: startBattle,
    },
    {
      ...VOTE,
      weight: 2,
      run: voteTwice,
    },
    {
      name: 'read the leaderboard',
      route: 'GET /api/arena/leaderboard',
      weight: 2,
      async run(tab) {
        const reply = await ask(tab, this, { address: '/api/arena/leaderboard' })
        const outcome = judge(tab, reply, [200])
        const { votes } = jsonOf<{ votes: number }>(reply)
        if (outcome === 'done' && votes !== undefined)
          tab.world.voteCounts.push({ begin: reply.begin, end: reply.end, votes })
        return outcome
      },
    },
  ]
}

async function startBattle(tab: Tab): Promise<Outcome> {
  const { era, world, person } = tab
  const note = world.canaries.text({
    user: person.user,
    era: era.number,
    field: 'arena message',
    version: (era.names += 1),
  })
  const reply = await ask(
    tab,
    { name: 'start a battle', route: 'POST /api/arena/battles' },
    { address: '/api/arena/battles', body: { message: `How do nets protect? (${note})` } },
  )
  const outcome = judge(tab, reply, [201])
  const { battle } = jsonOf<BattleReply>(reply)
  if (outcome !== 'done' || battle === undefined) return outcome
  world.canaries.register(battle.id, {
    user: person.user,
    era: era.number,
    field: 'battle id',
    version: era.battles.length,
  })
  era.battles.push(battle.id)
  return outcome
}

/** Two votes at once, of which one may count; now and then again on a battle that already has its vote. */
async function voteTwice(tab: Tab): Promise<Outcome> {
  if (tab.era.battles.length === 0) {
    const started = await startBattle(tab)
    if (started !== 'done') return started
  }
  const battle = pick(tab.random, tab.era.battles)
  if (battle === undefined) return 'skipped'
  const choices = [pick(tab.random, CHOICES), pick(tab.random, CHOICES)]
  const outcomes = await Promise.all(choices.map(async (choice) => await vote(tab, battle, choice ?? 'tie')))
  return outcomes.find((outcome) => outcome !== 'done') ?? 'done'
}

async function vote(tab: Tab, battle: string, choice: string): Promise<Outcome> {
  const begin = performance.now()
  const reply = await ask(tab, VOTE, { address: `/api/arena/battles/${battle}/vote`, body: { choice } })
  const isRefused = problemOf(reply) === 'voted'
  const outcome = isRefused ? 'refused' : reply.status === 200 ? 'taken' : 'unknown'
  // A refusal for another reason changed nothing; a request without an answer may have changed something.
  if (outcome !== 'unknown' || reply.status === 0 || reply.status >= 500) {
    tab.world.voteAttempts.push({
      battle,
      begin,
      end: outcome === 'unknown' ? Infinity : reply.end,
      outcome,
      contestants: contestantsIn(reply),
    })
  }
  return isRefused ? 'done' : judge(tab, reply, [200])
}

function contestantsIn(reply: Exchange): string | undefined {
  const { battle } = jsonOf<VoteReply>(reply)
  if (battle !== undefined) return `${battle.models.a} and ${battle.models.b}`
  const [, a, b] = /: a was (\S+), b was (\S+)\./.exec(jsonOf<{ detail: string }>(reply).detail ?? '') ?? []
  return a === undefined ? undefined : `${a} and ${String(b)}`
}
