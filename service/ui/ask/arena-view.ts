import type { BattleReply, LeaderboardReply, VoteReply } from '../../features/replies/arena.ts'
import type { Bench } from '../bench.ts'
import { button, fill, h, longTable } from '../dom.ts'
import { fixed, whole } from '../formats.ts'
import { call } from '../http.ts'
import { words } from '../words/en.ts'

const CHOICES = ['a', 'b', 'tie', 'bad'] as const
type Choice = (typeof CHOICES)[number]

/** Two answers without names, the one vote on them, and then who gave them. */
export function battleView(bench: Bench, { battle }: BattleReply): HTMLElement {
  const { attempt } = bench.noticesAt('chat-notices')
  const text = words.arena
  const after = h('div', { class: 'said', tabindex: -1 })
  const votes = h(
    'p',
    { class: 'row', role: 'group', 'aria-label': text.voteOn },
    ...CHOICES.map((choice) =>
      button(text.choices[choice], () => {
        void vote(choice)
      }),
    ),
  )
  async function vote(choice: Choice): Promise<void> {
    await attempt(async (signal) => {
      const reply = (await call('POST', `/api/arena/battles/${battle.id}/vote`, {
        body: { choice },
        signal,
      })) as VoteReply
      votes.remove()
      const { a, b } = reply.battle.models
      fill(after, h('p', {}, h('strong', {}, text.reveal(a, b))), leaderboardFold(bench))
      after.focus()
    })
  }
  return h(
    'div',
    { class: 'battle' },
    h(
      'div',
      { class: 'pair' },
      ...battle.answers.map(({ slot, text: answer }) =>
        h(
          'div',
          { role: 'group', 'aria-label': text.slots[slot] },
          h('h4', {}, text.slots[slot]),
          ...answer
            .split('\n')
            .filter((line) => line !== '')
            .map((line) => h('p', {}, line)),
        ),
      ),
    ),
    votes,
    after,
  )
}

/** The ratings of everybody's votes, read when the fold is opened. */
export function leaderboardFold(bench: Bench): HTMLElement {
  const { attempt } = bench.noticesAt('chat-notices')
  const text = words.arena
  const content = h('div', { class: 'details' })
  const view = h(
    'details',
    {
      toggle: () => {
        if (!view.open) return
        void attempt(async (signal) => {
          fill(content, ...boardOf((await call('GET', '/api/arena/leaderboard', { signal })) as LeaderboardReply))
        })
      },
    },
    h('summary', {}, text.leaderboard),
    content,
  )
  return view
}

function boardOf({ votes, leaderboard, caveats }: LeaderboardReply): readonly HTMLElement[] {
  const text = words.arena
  return [
    leaderboard.length === 0
      ? h('p', { class: 'quiet' }, text.noVotes)
      : longTable(text.caption(votes), text.headings, leaderboard, (one) => [
          one.model,
          `${whole(one.rating)} ± ${fixed(one.standardError, 0)}`,
          whole(one.games),
          whole(one.wins),
          whole(one.losses),
          whole(one.ties + one.bad),
        ]),
    ...caveats.map((caveat) => h('p', { class: 'quiet' }, caveat)),
  ]
}
