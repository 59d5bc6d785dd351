import t from 'tap'
import { person, type Person } from '../support/client.ts'
import { redis, s3, startService } from '../support/parts.ts'
import { caseFile, hasFieldCases, readMust, trueTables, type FieldCase } from './field-cases.ts'
import { trueFigures, tryCase, type Outcome } from './try-case.ts'

type Figures = Extract<Outcome, { kind: 'figures' }>

const skip = hasFieldCases ? false : 'the shared field cases are not beside this checkout'

t.test('every field case gives the right figures, or the right question', { skip, timeout: 600_000 }, async (t) => {
  const service = await startService(t, { redis: await redis(t), s3: await s3(t) })
  const must = readMust()
  const begin = async (): Promise<Person> => {
    const who = person(t, service.url)
    await who.start()
    return who
  }
  const boundaries = caseFile('00-baseline', 'wards.zip').bytes
  let right = 0
  const names = Object.keys(must.cases)
  for (const name of names) {
    const one = must.cases[name]
    if (one === undefined) continue
    const wrong = await wrongIn(begin, name, one, async () => {
      const tables = trueTables(must, one)
      return await Promise.all(
        tables.map(async (table) => await trueFigures(await begin(), table, boundaries, one.plan)),
      )
    })
    if (wrong.length === 0) right += 1
    t.strictSame(wrong, [], name)
  }
  t.comment(`| field cases | ${String(right)} of ${String(names.length)} |`)

  /** What is wrong with a case; empty if its rule holds. */
  async function wrongIn(
    begin: () => Promise<Person>,
    name: string,
    one: FieldCase,
    truth: () => Promise<readonly TrueFigures[]>,
  ): Promise<string[]> {
    const plain = await tryCase(await begin(), name, one, false)
    const found = plain.kind === 'figures' ? await wrongFigures(plain, one, must.base.wards, truth) : []
    if (plain.kind === 'figures') {
      const said = new RegExp(one.about ?? '$^', 'im').test(plain.said)
      if (one.rule === 'caveat') return said ? found : [...found, `no caveat says ${one.about ?? ''}: ${plain.said}`]
      if (found.length === 0 && one.rule !== 'ask-or-refuse') return []
      if (one.caveatDoes === true && said) {
        const says = one.says ?? ''
        return plain.said.includes(says) ? [] : [`the caveat does not say ${says}`]
      }
    }
    if (one.reading !== undefined && (one.rule === 'reads' || plain.kind !== 'figures')) {
      const settled = await tryCase(await begin(), name, one, true)
      if (settled.kind === 'figures') {
        const wrong = await wrongFigures(settled, one, must.base.wards, truth)
        if (wrong.length === 0) return []
        if (one.rule === 'reads') return wrong
      } else if (one.rule === 'reads') return [`with its reading: ${settled.kind}: ${settled.text}`]
    }
    if (plain.kind === 'figures') return ['figures without question or caveat', ...found, plain.said]
    const mayAsk = plain.kind === 'asked' && one.ask !== undefined
    if (one.rule === 'same' || one.rule === 'reads' || (one.rule === 'caveat' && !mayAsk))
      return [`${plain.kind}: ${plain.text}`]
    const words = (plain.kind === 'asked' ? undefined : one.words) ?? one.ask ?? one.about
    const fits = words !== undefined && new RegExp(words, 'i').test(plain.text)
    return [
      ...(fits ? [] : [`${plain.kind}, but not about ${words ?? 'anything'}: ${plain.text}`]),
      ...(plain.kind === 'refused' && !plain.hasErrors ? ['refused without errors'] : []),
    ]
  }
})

type TrueFigures = Awaited<ReturnType<typeof trueFigures>>

async function wrongFigures(
  found: Figures,
  one: FieldCase,
  wards: readonly string[],
  truth: () => Promise<readonly TrueFigures[]>,
): Promise<string[]> {
  const names = one.ranks?.names ?? wards
  return [
    ...(one.ranks === undefined ? [] : wrongRanks(found, await truth(), names, wards)),
    ...wrongTests(found, one, wards),
    ...wrongCandidates(found, one),
    ...wrongPairs(found, one),
    ...(one.matched === false || found.dataset === null || one.boundaries === undefined || one.pairs !== undefined
      ? []
      : found.dataset.matched === found.dataset.wards
        ? []
        : [`${String(found.dataset.matched)} of ${String(found.dataset.wards)} wards have a boundary`]),
  ]
}

/** Ranks, tiers and nets against each table that the case may stand for; the least that is wrong. */
function wrongRanks(
  { ranking, nets }: Figures,
  tables: readonly TrueFigures[],
  names: readonly string[],
  wards: readonly string[],
): string[] {
  if (ranking === null) return ['no ranking']
  const wrongBy = tables.map((table) => {
    const wrong = table.ranking.flatMap(({ wardName, rank, tier }) => {
      const place = wards.indexOf(wardName)
      const ward = ranking.find((one) => isNamed(one.wardName, names[place] ?? wardName))
      if (ward === undefined) return [`no ward ${names[place] ?? wardName}`]
      return ward.rank === rank && ward.tier === tier
        ? []
        : [`${ward.wardName} has rank ${String(ward.rank)}, not ${String(rank)}`]
    })
    const wrongNets = table.nets.flatMap(({ wardName, allocated }) => {
      const place = wards.indexOf(wardName)
      const ward = nets?.find((one) => isNamed(one.wardName, names[place] ?? wardName))
      return ward?.allocated === allocated
        ? []
        : [`${wardName} gets ${String(ward?.allocated)} nets, not ${String(allocated)}`]
    })
    const more = ranking.length === table.ranking.length ? [] : [`${String(ranking.length)} wards`]
    return [...more, ...wrong, ...wrongNets]
  })
  return wrongBy.sort((one, other) => one.length - other.length)[0] ?? []
}

/**
 * Whether a shown label is one of the names, which `|` parts; accents, a state's prefix and the word Ward do not
 * matter.
 */
function isNamed(shown: string, names: string): boolean {
  const bare = shown
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/^kw /, '')
    .replace(/ Ward$/, '')
  return names.split('|').some((name) => name === shown || name === bare)
}

function wrongTests({ positivity }: Figures, { tests }: FieldCase, wards: readonly string[]): string[] {
  if (tests === undefined) return []
  const [measured] = positivity
  const baseline = tests.baseline === true ? baselineTests() : null
  const more =
    measured?.wards.length === wards.length ? [] : [`${String(measured?.wards.length)} wards in the facility table`]
  return wards
    .flatMap((name, at) => {
      const ward = measured?.wards.find((one) => isNamed(one.wardName, name))
      if (ward === undefined) return [`no ward ${name}`]
      const tested = baseline?.get(name)?.tested ?? tests.tested
      const positive = baseline?.get(name)?.positive ?? tests.positives?.[at]
      return ward.tested === tested && (positive === undefined || ward.positive === positive)
        ? []
        : [`${name}: ${String(ward.positive)} of ${String(ward.tested)}, not ${String(positive)} of ${String(tested)}`]
    })
    .concat(more)
}

/** The sums of the clean facility table by ward, counted here. */
function baselineTests(): ReadonlyMap<string, { readonly tested: number; readonly positive: number }> {
  const [, ...rows] = caseFile('30-facilities-baseline', 'facilities.csv').bytes.toString().trim().split(/\r?\n/)
  const sums = new Map<string, { tested: number; positive: number }>()
  for (const row of rows) {
    const [, , ward = '', , , , tested, positive] = row.split(',')
    const name = ward.replace(/^kw /, '').replace(/ Ward$/, '')
    const sum = sums.get(name) ?? { tested: 0, positive: 0 }
    sums.set(name, { tested: sum.tested + Number(tested), positive: sum.positive + Number(positive) })
  }
  return sums
}

function wrongCandidates({ dataset }: Figures, { onlyCandidates }: FieldCase): string[] {
  if (onlyCandidates === undefined) return []
  return (dataset?.columns ?? [])
    .filter(({ name, indicator }) => indicator && !onlyCandidates.includes(name))
    .map(({ name }) => `${name} is a candidate`)
}

function wrongPairs({ dataset }: Figures, { pairs = [] }: FieldCase): string[] {
  return pairs.flatMap(([ward, boundary]) => {
    const found = dataset?.unmatched.find(({ name }) => name === ward)
    // A ward that is joined needs no suggestion; that it is joined to this boundary, its name shows.
    if (dataset !== null && found === undefined && ward.toLowerCase() === boundary.toLowerCase()) return []
    return found?.suggestions.some((one) => one.boundary === boundary) === true
      ? []
      : [`${boundary} is not suggested for ${ward}`]
  })
}
