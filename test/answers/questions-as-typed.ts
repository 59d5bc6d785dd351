import type { Question } from './judge.ts'
import { questionList } from './question-list.ts'
import * as is from './truth.ts'
import type { Ward } from './truth.ts'

const TPR = 'test_positivity_rate'
const RAIN = 'mean_rainfall_mm'
const HEIGHT = 'elevation_m'

/** Questions about the sample as officers type them: units, slips, Pidgin, French and Hausa, places side by side. */
export function questionsAsTyped(all: readonly Ward[]): readonly Question[] {
  const { found, figures, rows, groups, asks } = questionList()
  const high = is.inTier(all, 'High')
  const bakoro = is.inLga(all, 'Bakoro')
  const ranked = (...ranks: readonly number[]): readonly Ward[] => all.filter(({ rank }) => ranks.includes(rank))
  const between = (column: string, from: number, to: number): readonly Ward[] =>
    is.where(all, column, (value) => value >= from && value <= to)

  // Comparisons, with units
  figures('count', 'how many ward get TPR wey reach 50 and above', between(TPR, 50, 100).length)
  figures('count', 'how many wards have elevation between 440 and 462 inclusive', between(HEIGHT, 440, 462).length)
  rows('filter', 'wards in Bakoro with elevation over 460m', between(HEIGHT, 460.001, 1e6).filter(isIn(bakoro)))
  rows('filter', 'wards with elevation between 450 and 470 metres', between(HEIGHT, 450, 470))
  rows('filter', 'wards that lie below 480 metres elevation', between(HEIGHT, 0, 479.999))
  rows('filter', 'wards with rainfall less than 900mm', between(RAIN, 0, 899.999))
  rows('list', 'list every High ward in Bakoro', is.inLga(high, 'Bakoro'))
  asks('wards with distance to clinic under 5m', /metres or in million/)
  // The ranking
  rows('rank', 'which ward is number 7?', ranked(7))
  rows('rank', 'which ward is second?', ranked(2))
  rows('rank', 'who is ranked 12th', ranked(12))
  rows('rank', 'bottom 4 by risk', is.byRankLast(all, 4), true)
  figures('sum', 'population of the top 6', is.sum(ranked(1, 2, 3, 4, 5, 6), 'population'))
  // Groups, shares and columns together
  groups(
    'compare',
    'who has more people, Bakoro or Dumawa?',
    is.groups(
      is.inLga(all, 'Bakoro', 'Dumawa'),
      ({ lga }) => lga,
      (wards) => is.sum(wards, 'population'),
    ),
  )
  groups(
    'compare',
    'High vs Low population',
    is.groups(
      is.inTier(all, 'High', 'Low'),
      ({ tier }) => tier,
      (wards) => is.sum(wards, 'population'),
    ),
  )
  groups(
    'group',
    'mean rainfall for high, medium and low',
    is.groups(
      all,
      ({ tier }) => tier,
      (wards) => is.mean(wards, RAIN),
    ),
  )
  figures(
    'share',
    'proportion of wards in Bakoro that are High',
    (100 * is.inLga(high, 'Bakoro').length) / bakoro.length,
  )
  figures('share', 'Bakoro people na what percent of the whole state?', percentOf(bakoro, all))
  figures('correlation', 'does tpr rise with elevation?', is.correlation(all, TPR, HEIGHT))
  figures(
    'stats',
    'highest and lowest elevation?',
    Math.max(...is.values(all, HEIGHT)),
    Math.min(...is.values(all, HEIGHT)),
  )
  found.push({
    category: 'several',
    message: 'how many wards in Bakoro and which is riskiest?',
    expected: { all: [{ figures: [bakoro.length] }, { rows: is.byRank(bakoro, 1), isOrdered: true }] },
  })
  figures('compare', 'does Unguwar Lemo have more people than Tudun Kuka?', 9_267, 16_811)
  figures(
    'several',
    'total population, number of wards and number of LGAs',
    is.sum(all, 'population'),
    all.length,
    new Set(all.map(({ lga }) => lga)).size,
  )
  // Other languages
  figures('count', 'Combien de wards ont un TPR supérieur à 50 ?', between(TPR, 50.001, 100).length)
  figures('count', 'Unguwanni nawa ne masu babban hadari?', high.length)
  figures('sum', 'how many pipo dey for Bakoro LGA', is.sum(bakoro, 'population'))
  // LGAs cannot be picked by a figure of theirs, and no place is left aside
  const lgas = [...new Set(all.map(({ lga }) => lga))]
  const ofLgas = (of: (wards: readonly Ward[]) => number, keeps: (figure: number) => boolean): Record<string, number> =>
    Object.fromEntries(lgas.map((lga) => [lga, of(is.inLga(all, lga))] as const).filter(([, figure]) => keeps(figure)))
  groups(
    'picked',
    'LGAs with mean elevation above 600',
    ofLgas(
      (own) => is.mean(own, HEIGHT),
      (mean) => mean > 600,
    ),
  )
  groups(
    'picked',
    'which LGAs have population above 250,000',
    ofLgas(
      (own) => is.sum(own, 'population'),
      (sum) => sum > 250_000,
    ),
  )
  asks('LGAs with elevation above 600', /by which figure/)
  asks('list wards in Ikeja LGA', /ikeja/i)
  return found
}

function isIn(wards: readonly Ward[]): (ward: Ward) => boolean {
  return (ward) => wards.includes(ward)
}

function percentOf(part: readonly Ward[], all: readonly Ward[]): number {
  return (100 * is.sum(part, 'population')) / is.sum(all, 'population')
}
