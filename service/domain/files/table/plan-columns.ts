import { isIdentifier } from '../column-names.ts'
import { makeFinding, type Finding } from '../finding.ts'
import { say, type Said } from '../../said.ts'
import type { ReadingChoices } from '../reading/choices.ts'
import { questionId, type Question } from '../reading/question.ts'
import { columnSigns, fileSigns } from './column-signs.ts'
import type { ColumnSurvey } from './column-survey.ts'
import type { NumberSigns } from './number-form.ts'
import { signQuestion } from './number-questions.ts'

/** How the cells of one column become canonical. */
export interface ColumnPlan {
  readonly isNumeric: boolean
  /** Null to leave numbers as they are written. */
  readonly signs: NumberSigns | null
  /** Whether percent signs are taken away. */
  readonly stripsPercent: boolean
  /** The unit behind every number, which is taken away; null if there is none. */
  readonly unit: string | null
}

/** What the survey of a table decided about its numbers. */
export interface NumberPlan {
  readonly columns: readonly ColumnPlan[]
  readonly decimal: NumberSigns['decimal']
  readonly thousands: NumberSigns['thousands']
  readonly questions: readonly Question[]
  readonly findings: readonly Finding[]
}

const PLACE = /\b(?:lat|latitude|lon|long|lng|longitude)\b/i
const PLAIN: NumberSigns = { decimal: '.', thousands: '' } as const

/** Decides how the numbers of each column are read. Columns of codes and names are left as they are. */
export function planColumns(
  names: readonly string[],
  surveyed: readonly ColumnSurvey[],
  delimiter: string | null,
  choices: ReadingChoices,
): NumberPlan {
  const surveys = surveyed.map(({ ofNumbers }) => ofNumbers)
  const measured = surveys.filter((survey, column) => survey.isNumeric && isMeasure(names[column] ?? ''))
  const file = fileSigns(measured, delimiter)
  const questions: Question[] = []
  const answered: Said[] = []
  const columns = surveys.map((survey, column): ColumnPlan => {
    const name = names[column] ?? ''
    if (!survey.isNumeric || !isMeasure(name))
      return { isNumeric: survey.isNumeric, signs: null, stripsPercent: false, unit: null }
    const unit = surveyed[column]?.unit ?? null
    const stripsPercent = survey.isAllPercent
    // A coordinate of a thousand degrees does not exist.
    if (PLACE.test(name.replaceAll('_', ' ')) && survey.count('either .') > 0)
      return { isNumeric: true, signs: PLAIN, stripsPercent, unit }
    const id = questionId('thousands-or-decimal', name)
    const answer = choices.answers?.[id]
    const found = columnSigns(survey, file, choices, answer)
    if (found !== null && found.unclear !== null) questions.push(signQuestion(id, name, found.unclear, survey.examples))
    else if (answer === 'thousands') answered.push(say('column-with-thousands', { column: name }))
    else if (answer === 'decimal') answered.push(say('column-with-decimals', { column: name }))
    return { isNumeric: true, signs: found?.signs ?? null, stripsPercent, unit }
  })
  const signs = columns.flatMap((column) => column.signs ?? [])
  return {
    columns,
    decimal: signs.some(({ decimal }) => decimal === ',') ? ',' : '.',
    thousands: mostUsed(signs),
    questions,
    findings: [...percentFinding(names, columns), ...unitFinding(names, columns), ...answerFinding(answered)],
  }
}

function isMeasure(name: string): boolean {
  return name !== '' && !isIdentifier(name)
}

function mostUsed(signs: readonly NumberSigns[]): NumberSigns['thousands'] {
  const counts = Map.groupBy(
    signs.flatMap(({ thousands }) => (thousands === '' ? [] : [thousands])),
    (sign) => sign,
  )
  const [most] = [...counts].sort(([, one], [, other]) => other.length - one.length)
  return most?.[0] ?? ''
}

function percentFinding(names: readonly string[], columns: readonly ColumnPlan[]): readonly Finding[] {
  const stripped = names.filter((_, column) => columns[column]?.stripsPercent === true)
  if (stripped.length === 0) return []
  return [makeFinding('numbers-read', say('percent-signs-read', {}), { count: stripped.length, examples: stripped })]
}

function unitFinding(names: readonly string[], columns: readonly ColumnPlan[]): readonly Finding[] {
  const stripped = names.flatMap((name, column) => {
    const unit = columns[column]?.unit ?? null
    return unit === null ? [] : [`${name}: ${unit}`]
  })
  if (stripped.length === 0) return []
  return [makeFinding('numbers-read', say('units-read', {}), { count: stripped.length, examples: stripped })]
}

function answerFinding(answered: readonly Said[]): readonly Finding[] {
  if (answered.length === 0) return []
  return [
    makeFinding('question-answered', say('signs-read-as-said', {}), { count: answered.length, examples: answered }),
  ]
}
