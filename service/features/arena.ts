import { randomInt } from 'node:crypto'
import { Type, type Static } from 'typebox'
import type { RequestContext } from '../context.ts'
import { arenaPrompt } from '../domain/arena/arena-prompt.ts'
import { RULE_VARIANTS, type RuleVariant } from '../domain/arena/arena-rules.ts'
import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'
import { nameBytes, type Outline } from '../domain/chat/outline.ts'
import { maskFigures } from '../domain/chat/mask-figures.ts'
import { outlineJson } from '../domain/chat/prompt.ts'
import { rateContestants } from '../domain/arena/rating.ts'
import type { Model } from '../models/model.ts'
import { route, type Route } from '../route.ts'
import { outlineOf } from './outline.ts'
import { BattleReply, LeaderboardReply, VoteReply } from './replies/arena.ts'
import { answerFrom } from './tools/tool-result.ts'

const MOST_OUTPUT_TOKENS = 600
/** With fewer votes than this, the leaderboard says that they are few. */
const FEW_VOTES = 100

const NewBattle = Type.Object(
  { message: Type.String({ minLength: 1, maxLength: 2_000, pattern: '\\S' }) },
  { additionalProperties: false },
)
const Vote = Type.Object(
  {
    choice: Type.Union([Type.Literal('a'), Type.Literal('b'), Type.Literal('tie'), Type.Literal('bad')], {
      description: 'The better answer; tie: both are equally good; bad: neither is good',
    }),
  },
  { additionalProperties: false },
)

export function arenaRoutes(): Route[] {
  return [
    route({
      method: 'POST',
      url: '/api/arena/battles',
      status: 201,
      limit: 'chat',
      reply: BattleReply,
      body: NewBattle,
      summary: 'Two contestants answer one question; their names are shown after the vote',
      handle: (ctx, { body }) => startBattle(ctx, body.message),
    }),
    route({
      method: 'POST',
      url: '/api/arena/battles/:battleId/vote',
      status: 200,
      reply: VoteReply,
      body: Vote,
      summary: 'The one vote of a battle; tells who answered',
      handle: (ctx, { body, params }) => vote(ctx, params['battleId'] ?? '', body.choice),
    }),
    route({
      method: 'GET',
      url: '/api/arena/leaderboard',
      status: 200,
      reply: LeaderboardReply,
      summary: "The ratings of the contestants by everybody's votes: names and counts, no text, no session",
      handle: leaderboard,
    }),
  ]
}

/**
 * Starts a battle of two: two models if two are configured, one model and the rules if there is one, or else the two
 * variants of the rules.
 */
async function startBattle(ctx: RequestContext, message: string): Promise<Record<string, unknown>> {
  const outline = await outlineOf(ctx)
  const [a, b] = shuffled(contestantsFor(ctx.models)).slice(0, 2)
  if (a === undefined || b === undefined) throw new RangeError('Cannot start a battle of fewer than two contestants')
  // The model was given no other figures. Any other figure is made up.
  const figuresGiven = (): string[] => [message, outlineJson(outline)]
  // If one fails, the other's answer cannot be used.
  const over = new AbortController()
  const ask = async (contestant: Contestant): Promise<string> => {
    try {
      // Names first: a part of a name may be a figure.
      const text = hide(
        [nameOf(a), nameOf(b)],
        await answerOf(ctx, contestant, message, outline, AbortSignal.any([ctx.signal, over.signal])),
      )
      return typeof contestant === 'string' ? text : maskFigures(text, figuresGiven())
    } catch (error) {
      over.abort(error)
      throw error
    }
  }
  const [first, second] = await Promise.all([ask(a), ask(b)])
  const id = ctx.ids.mint()
  await ctx.arena.add({ id, at: ctx.now(), a: nameOf(a), b: nameOf(b), vote: null })
  return {
    battle: {
      id,
      answers: [
        { slot: 'a', text: first },
        { slot: 'b', text: second },
      ],
    },
  }
}

async function vote(
  ctx: RequestContext,
  battleId: string,
  choice: Static<typeof Vote>['choice'],
): Promise<Record<string, unknown>> {
  const battle = ctx.ids.find(await ctx.arena.read(), battleId)
  const { id, a, b } = await ctx.arena.vote(battle, choice)
  return { battle: { id, choice, models: { a, b } } }
}

async function leaderboard(ctx: RequestContext): Promise<Record<string, unknown>> {
  const counts = await ctx.tally.read()
  const votes = counts.reduce((sum, { winsA, winsB, ties, bad }) => sum + winsA + winsB + ties + bad, 0)
  const playing = new Set(contestantsFor(ctx.models).map(nameOf))
  const ratings = rateContestants([...new Set(counts.flatMap(({ a, b }) => [a, b]))], counts)
  return {
    votes,
    leaderboard: ratings
      .filter(({ name, games, bad }) => playing.has(name) || games + bad > 0)
      .map(({ name, ...standing }) => ({ model: name, kind: isRules(name) ? 'rules' : 'model', ...standing })),
    caveats: [
      ...(votes < FEW_VOTES
        ? [`Only ${votes} votes so far: a difference of less than two standard errors means nothing.`]
        : []),
      'Anybody with a session may vote, on questions of their own: ratings say which answers people preferred, not ' +
        'which were right.',
    ],
  }
}

type Contestant = Model | RuleVariant

function contestantsFor(models: readonly Model[]): Contestant[] {
  if (models.length >= 2) return [...models]
  return models.length === 1 ? [...models, 'rules-detailed'] : [...RULE_VARIANTS]
}

function nameOf(contestant: Contestant): string {
  return typeof contestant === 'string' ? contestant : contestant.name
}

function isRules(name: string): boolean {
  return (RULE_VARIANTS as readonly string[]).includes(name)
}

async function answerOf(
  ctx: RequestContext,
  contestant: Contestant,
  message: string,
  outline: Outline,
  signal: AbortSignal,
): Promise<string> {
  if (typeof contestant === 'string')
    return answerFrom(ctx, 'answerByRules', { variant: contestant, message, outline }, nameBytes(outline))
  let text = ''
  const events = contestant.converse(
    {
      system: arenaPrompt(outline),
      messages: [{ role: 'user', text: message }],
      tools: [],
      maxOutputTokens: MOST_OUTPUT_TOKENS,
      mustChoose: false,
    },
    signal,
  )
  for await (const event of events) if (event.type === 'text') text += event.text
  if (text.trim() === '') throw new Fault('model-unavailable', say('no-battle', {}))
  return text
}

/** Hides names: the vote would not be blind if a contestant named itself. */
function hide(names: readonly string[], text: string): string {
  return names.reduce(
    (hidden, name) =>
      hidden.replaceAll(new RegExp(`(?<![a-z0-9])${name.replaceAll('.', '\\.')}(?![a-z0-9])`, 'gi'), '…'),
    text,
  )
}

/** Draws the order of the contestants with cryptographic randomness. */
function shuffled<T>(all: readonly T[]): T[] {
  const left = [...all]
  return all.flatMap(() => left.splice(randomInt(left.length), 1))
}
