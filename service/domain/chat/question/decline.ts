import { speaksOf } from './reading.ts'
import type { Reading } from './reading.ts'
import type { Meaning } from './replies.ts'
import { pattern } from './words.ts'

const OTHER: ReadonlySet<string> = new Set([
  'other',
  'others',
  'another',
  'previous',
  'all',
  'every',
  'different',
  'someone',
  'somebody',
  'everyone',
  'everybody',
  'else',
  'prior',
  'last',
  'each',
  'any',
  'anyone',
  'anybody',
  'list',
  'these',
  'which',
  'who',
])
const OWNER: ReadonlySet<string> = new Set([
  'user',
  'users',
  'session',
  'sessions',
  'account',
  'accounts',
  'tenant',
  'tenants',
  'customer',
  'customers',
  'client',
  'clients',
  'colleague',
  'colleagues',
  'visitor',
  'visitors',
])
const SOMEBODY: ReadonlySet<string> = new Set(['someone', 'somebody', 'everyone', 'everybody', 'anyone', 'anybody'])
const INNER: ReadonlySet<string> = new Set([
  'cookie',
  'cookies',
  'password',
  'passwords',
  'credential',
  'credentials',
  'redis',
  'bucket',
  'jailbreak',
  'sql',
  'sessionid',
  'userid',
])
const ORDERS: ReadonlySet<string> = new Set(['ignore', 'disregard', 'forget', 'override', 'bypass', 'reveal'])
/** What the service was told before the conversation. */
const TOLD_BEFORE = pattern(
  String.raw`\byour (?:[a-z]+ ){0,2}(?:instructions?|prompts?|configuration|source code)\b|`,
  String.raw`\b(?:instructions?|prompts?|directives|guidelines) (?:that |which )?(?:you|u) (?:were|was|are|have|got|`,
  String.raw`had|received|follow|run|start)|`,
  String.raw`\b(?:system|initial|hidden|secret|internal|starting) (?:instructions?|prompts?|directives)\b`,
)
const OWN_SESSION =
  'I work only with the data of this session. The data of another session or person cannot be reached from here.'
const INSIDE =
  'I answer questions about your ward data, the ranking and the net plan; how the service works inside is not ' +
  'part of that.'
const NO_ERASING = 'I do not delete or change data. Ending the session erases everything in it.'
const OFF_TOPIC =
  'That is outside what I do: I answer questions about your ward data, malaria risk, bed nets and the plan for them.'

/**
 * Refuses messages about other people's data, the inside of the service or other subjects. Names from the person's own
 * data are never taken for these.
 */
export function declined(reading: Reading): Meaning | null {
  const { words, mentions } = reading
  const named = new Set(mentions.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, at) => from + at)))
  const texts = words.filter((_, place) => !named.has(place)).map(({ text }) => text)
  const has = (set: ReadonlySet<string>): boolean => texts.some((text) => set.has(text))
  const follows = (one: string, next: readonly string[]): boolean =>
    texts.some((text, at) => text === one && next.includes(texts[at + 1] ?? ''))
  // A question can be about these even if nothing in the data has such a name.
  if (
    / session (?:ids?|token|key) /.test(reading.spoken) ||
    follows('user', ['id', 'ids']) ||
    follows('owner', ['id', 'ids'])
  )
    return { kind: 'decline', reason: OWN_SESSION }
  if (isOfOthers(reading)) return { kind: 'decline', reason: OWN_SESSION }
  if (has(OTHER) && has(OWNER)) return { kind: 'decline', reason: OWN_SESSION }
  if ((has(SOMEBODY) && texts.includes('else')) || follows('other', ['people', 'person', 'persons']))
    return { kind: 'decline', reason: OWN_SESSION }
  if (
    has(INNER) ||
    (has(ORDERS) && texts.some((text) => /^(?:instruction|rule|polic|restriction)/.test(text))) ||
    follows('system', ['prompt', 'prompts', 'message']) ||
    follows('api', ['key', 'keys']) ||
    follows('environment', ['variable', 'variables']) ||
    TOLD_BEFORE.test(reading.plain)
  )
    return { kind: 'decline', reason: INSIDE }
  if (texts.some((text) => ['delete', 'erase', 'wipe', 'destroy'].includes(text)))
    return { kind: 'decline', reason: NO_ERASING }
  const isOurs =
    mentions.length > 0 ||
    speaksOf(reading, 'ward', 'lga', 'nets', 'risk', 'map', 'analyse', 'quality') ||
    texts.includes('malaria')
  return speaksOf(reading, 'off') && !isOurs ? { kind: 'decline', reason: OFF_TOPIC } : null
}

const FILES =
  '(?:file|files|data|dataset|datasets|plan|plans|analysis|results?|reports?|upload|uploads|tables?|ranking)'
const TEAM = '(?:team|office|ministry|organisation|organization|agency|ngo|department|partners?)'
const SOMEBODY_ELSE =
  '(?:team|office|ministry|organisation|organization|agency|ngo|department|partners?|guys|folks|people)'
const BROUGHT = '(?:uploaded|sent|shared|saved|entered|provided|made|brought|submitted|loaded|posted)'
const OWN = String.raw`(?:my|our)`
const BY_OTHERS = pattern(
  String.raw`\b${FILES}\b.*\b${BROUGHT} by (?!me\b|us\b|my\b|our\b|you\b|the service\b|the analysis\b)|`,
  String.raw`\bupload(?:s|ed)? by (?!me\b|us\b|my\b|our\b|you\b|the service\b|the analysis\b)`,
)
/** `The Kano team data`, `the ministry's file`, `the file of the other office`. */
const OF_TEAM = pattern(
  String.raw`(?<!\b${OWN}) (?:(?!${OWN}\b)[a-z·]+ )?${TEAM} (?:own |latest |new )?${FILES}\b|`,
  String.raw`\b${FILES} (?:of|from|belonging to) (?!${OWN}\b)(?:[a-z·]+ ){0,4}?${TEAM}\b`,
)
/** `What the Kano people uploaded`. */
const TEAM_BROUGHT = pattern(
  String.raw`(?<!\b${OWN}) (?:(?!${OWN}\b)[a-z·]+ )?${SOMEBODY_ELSE} (?:has |have |had |just |already |don `,
  String.raw`)*${BROUGHT}\b`,
)

/** Data that somebody else brought: `the file uploaded by the Kaduna team`, `the data of the other office`. */
function isOfOthers({ plain }: Reading): boolean {
  return BY_OTHERS.test(plain) || OF_TEAM.test(plain) || (TEAM_BROUGHT.test(plain) && !/\bnets?\b/.test(plain))
}
