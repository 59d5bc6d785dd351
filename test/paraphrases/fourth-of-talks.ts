import type { Question } from '../answers/judge.ts'
import { questionList } from '../answers/question-list.ts'
import * as is from '../answers/truth.ts'
import type { Ward } from '../answers/truth.ts'
import { planned } from './plan-truth.ts'

/** Follow-ups to a list or a plan, and new plans, about a state whose wards are ranked. */
export function fourthOfTalks(all: readonly Ward[]): readonly Question[] {
  const { found, figures, rows, asks, says, declines, after } = questionList()
  const ranked = is.byRank(all)
  const changed = (stock: number, household?: number): readonly [number, number] => {
    const wards = planned(all, stock, household === undefined ? {} : { household })
    return [
      wards.filter(({ need, nets }) => nets === need).length,
      wards.reduce((sum, { covered }) => sum + covered, 0),
    ]
  }
  const needOf = (...lgas: readonly string[]): number =>
    is.inLga(all, ...lgas).reduce((sum, ward) => sum + Math.ceil((is.num(ward, 'population') ?? 0) / 1.8), 0)

  after('top 10 wards', () => {
    rows('follow', 'show me the following 10', ranked.slice(10, 20), true)
    rows('follow', 'next 10 pls', ranked.slice(10, 20), true)
    rows('follow', 'now without Gwamari', is.byRank(is.notInLga(all, 'Gwamari'), 10), true)
    rows('follow', 'leave out those of Gwamari LGA', is.byRank(is.notInLga(all, 'Gwamari'), 10), true)
  })
  after('top 5 wards', () => {
    rows('follow', 'and the 5 after that', ranked.slice(5, 10), true)
  })
  after('show the wards at highest risk in Jangule LGA', () => {
    rows('follow', 'what about Agwendi', is.byRank(is.inLga(all, 'Agwendi'), 10), true)
    rows('follow', 'same for Shirwano LGA please', is.byRank(is.inLga(all, 'Shirwano'), 10), true)
  })
  after('plan 50,000 nets', () => {
    figures('whatif', 'assume 6 persons per household', ...changed(50_000, 6))
    figures('whatif', 'household size should be 4', ...changed(50_000, 4))
    asks('each household must receive three nets', /no rule of a fixed number|household of 5 or 6/)
  })
  after('plan 300,000 nets', () => {
    figures('nets', 'how many persons does that protect?', changed(300_000)[1])
    figures('nets', 'any nets left over?', 0)
    declines('suppose the population is 3 percent bigger', /cannot be scaled here/)
    figures('nets', 'which ward was only partly served, and what is its shortfall', 10_619)
    figures('nets', 'percent of all people this plan covers?', (100 * changed(300_000)[1]) / is.sum(all, 'population'))
    figures('whatif', 'twice as many nets', ...changed(600_000))
    figures('whatif', 'what if we had half of that', ...changed(150_000))
    figures('whatif', '40,000 of those nets got damaged', ...changed(260_000))
    figures('whatif', 'add 25k nets', ...changed(325_000))
  })
  const twoLgas = needOf('Dutsela', 'Shirwano')
  figures(
    'nets',
    'we have 2.5m nets, plan them for only Dutsela and Shirwano LGAs',
    twoLgas,
    2_500_000 - twoLgas,
    is.inLga(all, 'Dutsela', 'Shirwano').length,
  )
  figures(
    'nets',
    'Plan 100,000 nets but only for Kurmada LGA',
    100_000,
    planned(is.inLga(all, 'Kurmada'), 100_000).filter(({ need, nets }) => nets === need).length,
  )
  figures('words', 'plan two hundred thousand nets', 200_000, ...changed(200_000))
  says('explain', 'tell me about Gwasa ward', /Did you mean Ekwara\/Gwasa \(Mokande LGA\)/)
  return found
}

/** Questions about a city whose wards are ranked. */
export function fourthOfCity(): readonly Question[] {
  const { found, figures, rows, says, after } = questionList()
  figures('rank', "Zango's rank?", 1)
  figures('explain', 'Fagge A versus Fagge B', 62, 5, 0.428358, 0.769855)
  after('top 3 wards', () => {
    says('follow', 'explain the third', /zaitawai.*rank 3|zaitawai[\s\S]*rank is 3/)
  })
  rows('rank', 'five lowest risk wards', ['Fagge D2', 'Giginyu', 'Tarauni', 'Darmanawa', 'Fagge A'], true)
  rows(
    'analysis',
    'analyse again using rainfall and settlement_type_poor only',
    ['Fagge B', 'Tudun Wazurchi', 'Rijiyar Lemo', 'She She', 'Dala'],
    true,
  )
  return found
}
