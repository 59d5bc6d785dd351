import { isTaken, PLAN_NUMBERS } from '../../plan/plan-limits.ts'
import type { Outline } from '../outline.ts'
import type { InputOf } from '../tools.ts'
import type { Figure } from './figures.ts'
import { isRelative } from './changed-stock.ts'
import { isYear } from './figures.ts'
import { leftOver } from './left-over.ts'
import { isOnlyAsking } from './losing-wards.ts'
import { populationIn, scopeFor } from './plan-change-request.ts'
import { hasPhrase, speaksOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { ask, call } from './replies.ts'
import type { Meaning } from './replies.ts'
import { pattern } from './words.ts'
import type { Word } from './words.ts'

type Changes = InputOf<'change_plan'>
type Role = keyof typeof ROLES

/** What a number in a message can stand for. */
const ROLES = {
  stock: { option: 'totalNets', name: 'the number of nets' },
  threshold: { option: 'urbanThreshold', name: 'the urban threshold' },
  household: { option: 'householdSize', name: 'the household size' },
} as const

const NETS: ReadonlySet<string> = new Set(['net', 'nets', 'itn', 'itns', 'llin', 'llins', 'bednet', 'bednets'])
/** Words that may stand between a number and the nets it counts. */
const KINDS: ReadonlySet<string> = new Set([
  'bed',
  'mosquito',
  'treated',
  'insecticide',
  'insecticidal',
  'long',
  'lasting',
  'new',
  'available',
  'of',
  'our',
  'my',
  'the',
])
const STOCK: ReadonlySet<string> = new Set(['stock', 'nets', 'itns', 'llins', 'bednets'])
const THRESHOLD: ReadonlySet<string> = new Set(['threshold', 'cutoff', 'urban'])
const HOUSEHOLD: ReadonlySet<string> = new Set(['household', 'households', 'hh', 'family', 'families'])
const LINKS: ReadonlySet<string> = new Set([
  'of',
  'is',
  'are',
  'at',
  'to',
  'only',
  'just',
  'about',
  'around',
  'approximately',
  'roughly',
  'be',
  'should',
  'was',
  'total',
  'number',
  'size',
  'sizes',
  'average',
  'with',
  'a',
  'the',
  'from',
  'share',
  'percentage',
  'percent',
  'extent',
  'below',
  'under',
  'set',
  'equal',
  'rule',
  'have',
  'has',
])
const AFTER_STOCK: ReadonlySet<string> = new Set([
  '',
  'with',
  'and',
  'at',
  'by',
  'using',
  'in',
  'for',
  'please',
  'to',
  'among',
  'across',
  'if',
  'now',
  'only',
  'instead',
  'where',
  'based',
])
const LAST: ReadonlySet<string> = new Set(['please', 'now', 'instead', 'then'])
const PEOPLE: ReadonlySet<string> = new Set(['people', 'persons', 'person', 'members', 'per', 'a', 'each', 'in'])
/** How an order about a plan begins, or one that changes it: `nets for Gwale per household` asks what Gwale gets. */
const SAYS_HOW = pattern(
  String.raw`^ (?:(?:and|now|but|ok|please|then|the|same|kindly) )*(?:what about|how about|with|use|make|by|per|switch|`,
  String.raw`instead|plan|allocate|distribute|share|set|change|calculate|do|go)|\bplan(?:ning)?\b|\ballocat`,
)
/** Without the word "nets", only a number of at least this size is a stock. A smaller one may stand for anything. */
const SURE_STOCK = 1_000

/** A plan, or the last one with other choices. Asks for the stock if the message does not give it. */
export function planned(reading: Reading, outline: Outline, isAfterPlan: boolean): Meaning | null {
  if (speaksOf(reading, 'why')) return null
  const { plan } = outline
  const isPlanning = speaksOf(reading, 'planning') || (speaksOf(reading, 'plan') && speaksOf(reading, 'nets'))
  const roles = rolesOf(reading, isPlanning, isAfterPlan)
  const one = (role: Role): readonly Figure[] => reading.figures.filter((figure) => roles.get(figure) === role)
  const changes = choicesOf(reading, isPlanning || isAfterPlan)
  const isWhatIf =
    speaksOf(reading, 'whatIf') || isAfterPlan || (changes.rule !== undefined && hasPhrase(reading, 'rule'))
  const isChange = one('threshold').length > 0 || one('household').length > 0 || Object.keys(changes).length > 0
  if (one('stock').length === 0 && !isPlanning && !(isWhatIf && isChange)) return null
  if (one('stock').length === 0 && ((!isChange && isQuestion(reading)) || isOnlyAsking(reading))) return null
  const wrong = faultIn(reading, roles)
  if (wrong !== null) return wrong
  const scope = scopeFor(reading, isWhatIf ? (plan?.options.where ?? []) : [])
  if (scope !== null && 'kind' in scope) return scope
  const populationColumn = populationIn(reading, outline)
  const stock = one('stock')[0]?.value ?? null
  const input: Changes = {
    ...(stock !== null && { totalNets: stock }),
    ...valueOf('urbanThreshold', one('threshold')[0]),
    ...valueOf('householdSize', one('household')[0]),
    ...changes,
    ...(scope !== null && { where: [...scope] }),
    ...(populationColumn !== null && { populationColumn }),
    // Only the household rule and the rule of the earlier system use a household size.
    ...(one('household').length > 0 && changes.mode !== 'legacy' && { rule: 'household' as const }),
  }
  if (changes.rule === 'per-person' && one('household').length > 0)
    return ask('The per-person rule takes no household size. Which rule do you mean?', [
      'Use the household rule',
      'Use the per-person rule',
    ])
  if (changes.mode === 'legacy' && input.rule !== undefined)
    return ask('Legacy mode has one rule of its own. Which do you mean?', [
      'Use the household rule in the plan',
      'Use legacy mode in the plan',
    ])
  if (stock === null) {
    if (plan === null || (isPlanning && !isWhatIf && !isChange && !isSeeing(reading))) return askStock(input)
    return call({ tool: 'change_plan', input })
  }
  // "We lose 40,000": a number of nets that come or go is not the stock.
  if (plan !== null && !isPlanning && isRelative(reading.plain))
    return ask(`Are ${stock.toLocaleString('en')} nets the whole stock, or what comes or goes?`, [
      `What if we had only ${stock.toLocaleString('en')} nets`,
      `What if we had ${stock.toLocaleString('en')} fewer nets`,
      `Add ${stock.toLocaleString('en')} nets`,
    ])
  return call(
    isWhatIf && plan !== null
      ? { tool: 'change_plan', input }
      : { tool: 'plan_nets', input: { ...input, totalNets: stock } },
  )
}

/** Whether a message is only a number, sent in reply to the question for a stock. */
export function isBareNumber({ words, figures, unknown, mentions }: Reading): boolean {
  const [figure] = figures
  if (
    figures.length !== 1 ||
    figure === undefined ||
    figure.value === null ||
    unknown.length > 0 ||
    mentions.length > 0
  )
    return false
  return words.every(
    ({ text }, place) =>
      (place >= figure.from && place <= figure.to) ||
      NETS.has(text) ||
      KINDS.has(text) ||
      LINKS.has(text) ||
      ['i', 'we', 'have', 'got', 'please', 'it', 'use'].includes(text),
  )
}

function askStock(input: Changes): Meaning {
  const more = Object.keys(input).length === 0 ? '' : ' The other choices are understood.'
  return ask(
    `How many nets are there to hand out?${more} Say it as a number, for example "200,000 nets". I do not use ` +
      'a number that you did not give.',
  )
}

/**
 * What each number stands for, by the words around it. Numbers without a role are left out. After a plan, a percentage
 * by itself stands for the plan's only percentage.
 */
function rolesOf(reading: Reading, isPlanning: boolean, isAfterPlan: boolean): ReadonlyMap<Figure, Role> {
  const roles = new Map<Figure, Role>()
  const { figures } = reading
  for (const figure of figures) {
    const role = roleOf(reading, figure)
    if (role !== null) roles.set(figure, role)
  }
  const open = figures.filter((figure) => !roles.has(figure))
  const [only] = open
  const isSure =
    open.length === 1 && only !== undefined && only.value !== null && only.value >= SURE_STOCK && !only.isPercent
  const next = reading.words[(only?.to ?? 0) + 1]
  const isLast = next === undefined || /[,;.:!?\n]/.test(next.gap) || AFTER_STOCK.has(next.text)
  const has = (role: Role): boolean => [...roles.values()].includes(role)
  const mayBeYear = only !== undefined && isYear(reading.words, only, isAfterPlan && !isPlanning)
  if ((isPlanning || isAfterPlan) && isSure && isLast && !mayBeYear && !has('stock')) roles.set(only, 'stock')
  if (
    isAfterPlan &&
    open.length === 1 &&
    only?.isPercent === true &&
    (next === undefined || LAST.has(next.text)) &&
    !speaksOf(reading, 'nets') &&
    !has('threshold')
  )
    roles.set(only, 'threshold')
  return roles
}

function roleOf({ words }: Reading, { from, to, isPercent }: Figure): Role | null {
  const after = (most: number, skipped: ReadonlySet<string>): string => {
    for (let place = to + 1; place <= to + most; place += 1) {
      const word = words[place]
      if (word === undefined || /[,;.:!?\n]/.test(word.gap)) return ''
      if (!skipped.has(word.text)) return word.text
    }
    return ''
  }
  const before = (most: number): string => {
    for (let place = from - 1; place >= Math.max(0, from - most); place -= 1) {
      const text = words[place]?.text ?? ''
      if (/[,;.!?\n]/.test(words[place + 1]?.gap ?? '')) return ''
      if (!LINKS.has(text) || THRESHOLD.has(text) || HOUSEHOLD.has(text)) return text
    }
    return ''
  }
  if (!isPercent && HOUSEHOLD.has(after(4, PEOPLE))) return 'household'
  if (!isPercent && NETS.has(after(5, KINDS))) return isEach(words, to) ? null : 'stock'
  const previous = before(5)
  if (THRESHOLD.has(previous) || (previous === 'off' && words.some(({ text }) => text === 'cut'))) return 'threshold'
  if (!isPercent && HOUSEHOLD.has(previous)) return 'household'
  if (THRESHOLD.has(after(2, LINKS))) return 'threshold'
  return !isPercent && STOCK.has(previous) ? 'stock' : null
}

/** Whether the message gives a rule of its own, such as `3 nets per household`. That is not a stock. */
function isEach(words: readonly Word[], to: number): boolean {
  const nets = words.findIndex(({ text }, place) => place > to && NETS.has(text))
  const [next, second] = [words[nets + 1]?.text ?? '', words[nets + 2]?.text ?? '']
  return next === 'per' || next === 'each' || second === 'each' || second === 'every'
}

function faultIn(reading: Reading, roles: ReadonlyMap<Figure, Role>): Meaning | null {
  for (const [role, { option, name }] of Object.entries(ROLES)) {
    const figures = reading.figures.filter((figure) => roles.get(figure) === role)
    if (figures.length > 1) return ask(`There are several numbers for ${name}. Which one do you mean?`)
    const value = figures[0]?.value
    if (value === undefined) continue
    if (value === null || !isTaken(option, value))
      return ask(`I cannot tell ${name} for sure. Say it as one number: ${PLAN_NUMBERS[option].title}.`)
  }
  return leftOver(reading, new Set(roles.keys()))
}

function choicesOf(reading: Reading, isPlan: boolean): Changes {
  const saysRule = hasPhrase(reading, 'rule') || (isPlan && SAYS_HOW.test(reading.plain)) || speaksOf(reading, 'whatIf')
  const household =
    saysRule &&
    hasPhrase(
      reading,
      'household rule',
      'household rules',
      'by household',
      'per household',
      'by households',
      'household based',
      'household method',
    )
  const perPerson = hasPhrase(reading, 'per person', 'per capita', 'person rule', 'who rule')
  const legacy =
    speaksOf(reading, 'legacy') ||
    hasPhrase(reading, 'earlier system', 'old system', 'previous system', 'earlier rule', 'old rule')
  const ranking = speaksOf(reading, 'pca') ? 'pca' : speaksOf(reading, 'composite') ? 'composite' : null
  return {
    ...(ranking !== null && { ranking }),
    ...(household && !perPerson && { rule: 'household' as const }),
    ...(perPerson && !household && { rule: 'per-person' as const }),
    ...(legacy && { mode: 'legacy' as const }),
    ...(!legacy && hasPhrase(reading, 'standard mode', 'standard rule') && { mode: 'standard' as const }),
  }
}

function valueOf<Key extends string>(key: Key, figure: Figure | undefined): Partial<Record<Key, number>> {
  const value = figure?.value ?? null
  return value === null ? {} : ({ [key]: value } as Record<Key, number>)
}

function isQuestion({ words }: Reading): boolean {
  return [
    'how',
    'what',
    'which',
    'who',
    'explain',
    'define',
    'tell',
    'describe',
    'is',
    'are',
    'does',
    'do',
    'did',
  ].includes(words[0]?.text ?? '')
}

function isSeeing(reading: Reading): boolean {
  return hasPhrase(reading, 'show', 'see', 'view', 'display', 'current plan', 'last plan', 'plan again')
}
