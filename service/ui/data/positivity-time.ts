import type { Positivity, PositivityChoices, WardPositivity } from '../../features/replies/dataset.ts'
import { choice, field, fold, h, longTable } from '../dom.ts'
import { fixed } from '../formats.ts'
import { words } from '../words/en.ts'

/** The months that count for the trend, by what may be measured; null measures nothing by year. */
const MONTHS: Readonly<Record<keyof typeof words.positivity.times, readonly number[] | null>> = Object.freeze({
  none: null,
  all: Object.freeze([]),
  sahel: Object.freeze([7, 8, 9, 10]),
  south: Object.freeze([4, 5, 6, 7, 8, 9, 10]),
})

/** The question by which years positivity is measured, and its answer for the service. */
export function timeQuestion(): {
  readonly view: HTMLElement
  readonly choice: () => Pick<PositivityChoices, 'time'>
} {
  const select = choice(
    Object.entries(words.positivity.times).map(([value, label]) => ({ value, label })),
    'none',
  )
  return {
    view: field(words.positivity.byYear, select),
    choice() {
      const months = Object.entries(MONTHS).find(([value]) => value === select.value)?.[1] ?? null
      if (months === null) return {}
      return { time: months.length === 0 ? {} : { seasonMonths: [...months] } }
    },
  }
}

/** Positivity by year and the trend, ward by ward, the steepest rise first; null if it was not measured by year. */
export function timeView({ time, wards }: Pick<Positivity, 'time' | 'wards'>): HTMLElement | null {
  if (time === undefined) return null
  const text = words.positivity.time
  return fold(
    text.title,
    h('p', { class: 'quiet' }, text.trend),
    longTable(
      text.title,
      [text.ward, ...time.years.map(String), ...text.headings],
      [...wards].sort((one, other) => slopeOf(other) - slopeOf(one)),
      (ward) => [
        ward.wardName,
        ...(ward.time?.years ?? []).map(({ tpr, completeness }) =>
          tpr === null ? '–' : text.ofYear(fixed(tpr, 1), shown(completeness, 0)),
        ),
        shown(ward.time?.trend?.slope),
        shown(ward.time?.trend?.low),
        shown(ward.time?.trend?.high),
      ],
    ),
  )
}

function slopeOf(ward: WardPositivity): number {
  return ward.time?.trend?.slope ?? -Infinity
}

function shown(value: number | null | undefined, digits = 1): string {
  return value === null || value === undefined ? '–' : fixed(value, digits)
}
