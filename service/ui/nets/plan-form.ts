import type { PlaceCondition, PlanCondition } from '../../domain/plan/plan-conditions.ts'
import type { PlanDefaults, PlanNumbers } from '../../domain/plan/plan-limits.ts'
import type { PlanOptions } from '../../domain/plan/plan-options.ts'
import type { DatasetColumn } from '../../features/replies/dataset.ts'
import { choice, field, fill, h } from '../dom.ts'
import { whole } from '../formats.ts'
import { words } from '../words/en.ts'
import { exceptionsField } from './exceptions-field.ts'

/** The limits and defaults of the service; its types check that they are the same here. */
const LEAST_NETS: PlanNumbers['totalNets']['minimum'] = 0
const MOST_NETS: PlanNumbers['totalNets']['maximum'] = 1_000_000_000
const LEAST_PERCENT: PlanNumbers['urbanThreshold']['minimum'] = 0
const MOST_PERCENT: PlanNumbers['urbanThreshold']['maximum'] = 100
const USUAL_THRESHOLD: PlanDefaults['urbanThreshold'] = 75
const USUAL_PEOPLE: PlanDefaults['peoplePerNet'] = 1.8
const USUAL_HOUSEHOLD: PlanDefaults['householdSize'] = 5
const USUAL_FROM = 75
const USUAL_UP_TO = 30
/** Steps of the slider over its whole length. */
const STEPS = 200

export interface PlanForm {
  readonly view: HTMLElement
  /** The options as they stand; null while something is missing. */
  readonly read: () => PlanOptions | null
  /** Puts the options of a plan into the form. */
  readonly write: (options: PlanOptions) => void
  /** Tells how many nets all wards would need, which is how far the slider goes. */
  readonly setNeed: (nets: number) => void
}

export interface PlanFormData {
  readonly columns: readonly DatasetColumn[]
  readonly wards: readonly string[]
  readonly hasPca: boolean
  /** The LGA that is chosen in the filter. */
  readonly lga: () => string | null
}

/** The form of a plan: stock and threshold as slider and number, and the rules of a programme. */
export function planForm(data: PlanFormData, onChange: () => void): PlanForm {
  const text = words.nets
  const candidates = data.columns.filter(({ indicator }) => indicator)
  const likely = candidates.find(({ kind }) => kind === 'population')?.name
  const urban = candidates.find(({ kind }) => kind === 'urbanShare')?.name
  const nets = numberWithSlider(text.stock, { least: LEAST_NETS, most: MOST_NETS, step: 1 })
  const threshold = numberWithSlider(text.threshold, { least: LEAST_PERCENT, most: MOST_PERCENT, step: 1 })
  threshold.set(USUAL_THRESHOLD)
  const people = choice(
    [
      ...(likely === undefined ? [{ value: '', label: text.chooseColumn }] : []),
      ...candidates.map(({ name }) => ({ value: name, label: name })),
    ],
    likely ?? '',
  )
  const [order, rule, lastWard, urbanRule, bales] = [
    choice(
      optionsOf(text.orders).filter(({ value }) => value !== 'pca' || data.hasPca),
      'composite',
    ),
    choice(optionsOf(text.rules), 'per-person'),
    choice(optionsOf(text.lastWards), 'partial'),
    choice(optionsOf(text.urbanRules), 'tiers'),
    choice(optionsOf(text.bales), ''),
  ]
  const [perNet, household, reserve, buffer, from, upTo] = [
    numberField(USUAL_PEOPLE, 1, 10, 0.1),
    numberField(USUAL_HOUSEHOLD, 1, 50, 0.1),
    numberField(0, LEAST_PERCENT, MOST_PERCENT, 0.5),
    numberField(0, LEAST_PERCENT, MOST_PERCENT, 0.5),
    numberField(USUAL_FROM, LEAST_PERCENT, MOST_PERCENT, 1),
    numberField(USUAL_UP_TO, LEAST_PERCENT, MOST_PERCENT, 1),
  ]
  const [protectHigh, onlyLga] = [h('input', { type: 'checkbox' }), h('input', { type: 'checkbox' })]
  const exceptions = exceptionsField(data.wards, onChange)
  const need = h('p', { class: 'quiet' })
  /** Options of a plan that was opened and that this form does not show: they stay as they were. */
  let kept: Partial<PlanOptions> = {}
  let lgas: readonly string[] = []
  let otherConditions: readonly PlanCondition[] = []

  const leaveOut = h('div', { class: 'fields' }, field(text.urbanFrom, from), field(text.upTo, upTo))
  const showParts = (): void => {
    threshold.view.hidden = urban === undefined || urbanRule.value !== 'tiers'
    leaveOut.hidden = urbanRule.value !== 'leave-out'
    householdLabel.hidden = rule.value !== 'household'
  }
  const householdLabel = field(text.householdSize, household)
  const view = h(
    'form',
    {
      submit: (event) => {
        event.preventDefault()
      },
      input: () => {
        showParts()
        onChange()
      },
    },
    nets.view,
    need,
    h('div', { class: 'fields' }, field(text.population, people)),
    likely === undefined ? h('p', { class: 'quiet' }, text.noPopulation) : null,
    threshold.view,
    h(
      'details',
      {},
      h('summary', {}, text.more),
      h(
        'div',
        { class: 'fields' },
        field(text.order, order),
        urban === undefined ? null : field(text.urbanRule, urbanRule),
        field(text.perNet, perNet),
        field(text.rule, rule),
        householdLabel,
        field(text.reserve, reserve),
        field(text.buffer, buffer),
        field(text.bale, bales),
        field(text.lastWard, lastWard),
      ),
      leaveOut,
      h('label', { class: 'check' }, protectHigh, h('span', {}, text.protectHigh)),
      h('label', { class: 'check' }, onlyLga, h('span', {}, text.onlyLga)),
      exceptions.view,
    ),
  )
  showParts()

  const read = (): PlanOptions | null => {
    const stock = nets.read()
    if (stock === null || people.value === '' || !view.checkValidity()) return null
    const lga = data.lga()
    const where = onlyLga.checked ? (lgas.length > 0 ? lgas : lga === null ? [] : [lga]) : []
    const hasTiers = urban !== undefined && urbanRule.value === 'tiers'
    return {
      ...kept,
      totalNets: stock,
      populationColumn: people.value,
      ...(hasTiers && { urbanThreshold: threshold.read() ?? USUAL_THRESHOLD }),
      ...(urbanRule.value === 'leave-out' && {
        urbanRule: { kind: 'leave-out', urbanFrom: from.valueAsNumber, upToPercent: upTo.valueAsNumber },
      }),
      ...(order.value === 'pca' && { ranking: 'pca' }),
      ...(rule.value === 'household' && { rule: 'household', householdSize: household.valueAsNumber }),
      ...(perNet.valueAsNumber !== USUAL_PEOPLE &&
        rule.value !== 'household' && { peoplePerNet: perNet.valueAsNumber }),
      ...(reserve.valueAsNumber > 0 && { reserve: { percent: reserve.valueAsNumber } }),
      ...(buffer.valueAsNumber > 0 && { bufferPercent: buffer.valueAsNumber }),
      ...(bales.value !== '' && { baleSize: Number(bales.value) as 40 | 50 | 100 }),
      ...(lastWard.value === 'whole' && { lastWard: 'whole' }),
      ...(protectHigh.checked && { protect: { tierHigh: true } }),
      ...(where.length + otherConditions.length > 0 && {
        where: [
          ...(where.length > 0 ? [{ column: 'lga' as const, op: 'in' as const, value: [...where] }] : []),
          ...otherConditions,
        ],
      }),
      ...(exceptions.read().length > 0 && { exceptions: [...exceptions.read()] }),
    }
  }
  const write = (options: PlanOptions): void => {
    const { urbanRule: urbanWay, where = [] } = options
    kept = unshownOf(options)
    nets.set(options.totalNets)
    people.value = options.populationColumn ?? likely ?? ''
    threshold.set(urbanWay?.kind === 'tiers' ? urbanWay.threshold : (options.urbanThreshold ?? USUAL_THRESHOLD))
    urbanRule.value = urbanWay?.kind === 'leave-out' ? 'leave-out' : 'tiers'
    from.valueAsNumber = urbanWay?.kind === 'leave-out' ? urbanWay.urbanFrom : USUAL_FROM
    upTo.valueAsNumber = urbanWay?.kind === 'leave-out' ? urbanWay.upToPercent : USUAL_UP_TO
    order.value = options.ranking ?? 'composite'
    rule.value = options.rule ?? 'per-person'
    household.valueAsNumber = options.householdSize ?? USUAL_HOUSEHOLD
    perNet.valueAsNumber = options.peoplePerNet ?? USUAL_PEOPLE
    reserve.valueAsNumber = options.reserve?.percent ?? 0
    buffer.valueAsNumber = options.bufferPercent ?? 0
    bales.value = String(options.baleSize ?? '')
    lastWard.value = options.lastWard ?? 'partial'
    protectHigh.checked = options.protect?.tierHigh === true
    const lgaNames = where.find(isOfLgas)
    lgas = lgaNames?.value ?? []
    otherConditions = where.filter((condition) => condition !== lgaNames)
    onlyLga.checked = lgas.length > 0
    exceptions.write(options.exceptions ?? [])
    showParts()
  }
  onlyLga.addEventListener('change', () => {
    lgas = []
  })
  return {
    view,
    read,
    write,
    setNeed: (count) => {
      nets.stretch(count)
      fill(need, text.need(whole(count)))
    },
  }
}

/** Whether the form shows a condition: that of some LGAs. It keeps the others as they are. */
function isOfLgas(condition: PlanCondition): condition is PlaceCondition {
  return condition.column === 'lga' && condition.op === 'in'
}

/** What the form has no field for. */

function unshownOf(options: PlanOptions): Partial<PlanOptions> {
  const { mode, urbanColumn, rankColumn, rankFirst, peoplePerNetSource, householdColumn, costs } = options
  return {
    ...(mode && { mode }),
    ...(urbanColumn && { urbanColumn }),
    ...(rankColumn && { rankColumn }),
    ...(rankFirst && { rankFirst }),
    ...(peoplePerNetSource && { peoplePerNetSource }),
    ...(householdColumn && { householdColumn }),
    ...(costs && { costs }),
  }
}

function optionsOf(labels: Readonly<Record<string, string>>): readonly { value: string; label: string }[] {
  return Object.entries(labels).map(([value, label]) => ({ value, label }))
}

function numberField(value: number, min: number, max: number, step: number): HTMLInputElement {
  return h('input', { type: 'number', value, min, max, step: step < 1 ? 'any' : step, required: true })
}

/** A number that can be typed or dragged. */
function numberWithSlider(
  label: string,
  { least, most, step }: { readonly least: number; readonly most: number; readonly step: number },
) {
  const number = h('input', { type: 'number', min: least, max: most, step, required: true, inputmode: 'numeric' })
  const slider = h('input', {
    type: 'range',
    min: least,
    max: most <= 100 ? most : STEPS,
    step,
    'aria-label': words.nets.slider(label),
    value: least,
  })
  slider.addEventListener('input', () => {
    number.value = slider.value
  })
  number.addEventListener('input', () => {
    slider.value = number.value
  })
  return {
    view: h('div', { class: 'with-slider' }, field(label, number), slider),
    read: (): number | null => (Number.isNaN(number.valueAsNumber) ? null : number.valueAsNumber),
    set: (value: number): void => {
      number.valueAsNumber = value
      slider.value = String(value)
    },
    /** Lets the slider reach a value, in steps of a round number. */
    stretch: (value: number): void => {
      const size = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value / STEPS))))
      slider.step = String(size)
      slider.max = String(Math.max(size, Math.ceil(value / size) * size))
      slider.value = number.value
    },
  }
}
