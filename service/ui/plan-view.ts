import { counted, fold, h, longTable, MOST_SHOWN, moreThan } from './dom.ts'
import type { DatasetColumn } from '../features/replies/dataset.ts'
import type { Plan } from '../features/replies/plans.ts'
import type { PlanDefaults, PlanNumbers } from '../domain/plan/plan-limits.ts'
import type { PlanOptions } from '../domain/plan/plan-options.ts'

/** The limits and defaults of the service; its types check that they are the same here. */
const LEAST_NETS: PlanNumbers['totalNets']['minimum'] = 0
const MOST_NETS: PlanNumbers['totalNets']['maximum'] = 1_000_000_000
const LEAST_THRESHOLD: PlanNumbers['urbanThreshold']['minimum'] = 0
const MOST_THRESHOLD: PlanNumbers['urbanThreshold']['maximum'] = 100
const USUAL_THRESHOLD: PlanDefaults['urbanThreshold'] = 75

export type PlanChoice = Pick<PlanOptions, 'totalNets' | 'populationColumn' | 'urbanThreshold'>

/**
 * The form for a plan: how many nets there are, which column counts the people, and which wards are served first.
 */
export function planForm(columns: readonly DatasetColumn[], onPlan: (choice: PlanChoice) => void) {
  const candidates = columns.filter(({ indicator }) => indicator)
  const numbers = candidates.map(({ name }) => name)
  const likely = candidates.find(({ kind }) => kind === 'population')?.name
  const hasUrban = candidates.some(({ kind }) => kind === 'urbanShare')
  const nets = h('input', {
    type: 'number',
    id: 'nets',
    min: LEAST_NETS,
    max: MOST_NETS,
    step: 1,
    required: true,
    inputmode: 'numeric',
  })
  const people = h(
    'select',
    { id: 'people', required: true, 'aria-describedby': likely === undefined ? 'people-help' : undefined },
    likely === undefined ? h('option', { value: '' }, 'choose a column') : null,
    ...numbers.map((name) => h('option', { value: name, selected: name === likely }, name)),
  )
  const threshold = h('input', {
    type: 'number',
    id: 'threshold',
    min: LEAST_THRESHOLD,
    max: MOST_THRESHOLD,
    step: 'any',
    required: true,
    value: USUAL_THRESHOLD,
  })
  return h(
    'form',
    {
      submit: (event) => {
        event.preventDefault()
        onPlan({
          totalNets: nets.valueAsNumber,
          populationColumn: people.value,
          ...(hasUrban ? { urbanThreshold: threshold.valueAsNumber } : {}),
        })
      },
    },
    h(
      'div',
      { class: 'fields' },
      h('p', { class: 'field' }, h('label', { for: 'nets' }, 'Nets in stock'), nets),
      h('p', { class: 'field' }, h('label', { for: 'people' }, 'Population of a ward'), people),
      hasUrban
        ? h('p', { class: 'field' }, h('label', { for: 'threshold' }, 'Served first: wards below % urban'), threshold)
        : null,
    ),
    likely !== undefined
      ? null
      : h(
          'p',
          { class: 'quiet', id: 'people-help' },
          'No column of numbers is called population. Choose the one that counts the people of a ward; if there ' +
            'is none, add it to the ward table and choose the table again.',
        ),
    h('div', { class: 'row' }, h('button', { type: 'submit' }, 'Plan the nets')),
  )
}

/** Who gets how many nets, in the order in which wards are served. */
export function planView({ parameters, rules, totals, wards, excluded, caveats }: Plan) {
  const served = wards.filter(({ allocated }) => allocated > 0)
  const without = wards.filter(({ allocated }) => allocated === 0)
  const hasLga = wards.some(({ lga }) => lga !== null && lga !== '')
  return [
    h(
      'p',
      {},
      h(
        'strong',
        {},
        `${figureOf(totals.allocated)} of ${figureOf(totals.stock)} nets go to ` +
          `${counted(totals.wardsFull + totals.wardsPartial, 'ward')}; ` +
          `${totals.remaining === 0 ? 'none' : figureOf(totals.remaining)} remain.`,
      ),
      ` ${percentOf(totals.coveragePercent)} of ${figureOf(totals.population)} people are covered. Population from ` +
        `${parameters.populationColumn}.`,
    ),
    h('ul', { class: 'quiet' }, ...rules.map((rule) => h('li', {}, rule))),
    served.length === 0 ? null : netsTable('Nets by ward', served, hasLga),
    without.length === 0
      ? null
      : fold(`${counted(without.length, 'ward')} without a net`, netsTable('Wards without a net', without, hasLga)),
    excluded.length === 0
      ? null
      : fold(
          `${counted(excluded.length, 'ward')} left out of the plan`,
          h(
            'ul',
            {},
            ...excluded.slice(0, MOST_SHOWN).map(({ wardName, reason }) => h('li', {}, `${wardName}: ${reason}`)),
          ),
          moreThan(excluded),
        ),
    caveats.length === 0
      ? null
      : h(
          'div',
          { class: 'caveats' },
          h('h3', {}, 'Keep in mind'),
          h('ul', {}, ...caveats.map((caveat) => h('li', {}, caveat))),
        ),
  ].filter((part) => part !== null)
}

function netsTable(caption: string, wards: Plan['wards'], hasLga: boolean) {
  return longTable(
    caption,
    ['Ward', ...(hasLga ? ['LGA'] : []), 'Rank', 'People', 'Nets needed', 'Nets planned', 'People covered'],
    wards,
    (ward) => [
      ward.wardName,
      ...(hasLga ? [ward.lga ?? '–'] : []),
      figureOf(ward.rank),
      figureOf(ward.population),
      figureOf(ward.need),
      figureOf(ward.allocated),
      percentOf(ward.coveragePercent),
    ],
  )
}

function percentOf(percent: number) {
  return `${percent.toLocaleString('en-GB', { maximumFractionDigits: 1 })} %`
}

/** Nets and people are counts, so every digit is shown. */
function figureOf(count: number) {
  return count.toLocaleString('en-GB', { maximumFractionDigits: 0 })
}
