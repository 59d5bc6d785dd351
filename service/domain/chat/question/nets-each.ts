import type { Figure } from './figures.ts'
import type { Reading } from './reading.ts'
import { ask } from './replies.ts'
import type { Meaning } from './replies.ts'
import { pattern } from './words.ts'

const NETS = '(?:nets?|itns?|llins?|bednets?)'
const UNIT =
  '(households?|famil(?:y|ies)|hh|houses?|persons?|people|heads?|child(?:ren)?|wom[ae]n|mothers?|rooms?|wards?|lgas?|villages?)'
const EACH = String.raw`(?:per|each|every|a|any) (?:[a-z]+ ){0,2}?`
const NETS_EACH = pattern(String.raw`\b${NETS} (?:for |to |in )?${EACH}${UNIT}\b`)
const EACH_GETS = pattern(String.raw`\b(?:each|every|per|any) (?:[a-z]+ ){0,2}?${UNIT}\b.{0,60}\b${NETS}\b`)
const HOUSEHOLDS = /^(?:household|famil|hh|house)/
/** No household of a survey gets more. */
const MOST_OF_HOUSEHOLD = 25

/**
 * `3 nets per household`, `each ward should get 500 nets`: the household rule follows from a household's size, and no
 * rule gives a fixed number. Such a number is never a stock. Null for anything else.
 */
export function askForNetsEach(reading: Reading): Meaning | null {
  const { plain, figures } = reading
  const [figure, another] = figures
  const unit = NETS_EACH.exec(plain)?.[1] ?? EACH_GETS.exec(plain)?.[1] ?? ''
  if (unit === '' || figure === undefined || another !== undefined || !isCountOfNets(reading, figure)) return null
  const nets = figure.value ?? 0
  if (!HOUSEHOLDS.test(unit) || !Number.isInteger(nets) || nets < 1 || nets > MOST_OF_HOUSEHOLD)
    return ask('A plan counts one net for 1.8 people, or by households. There is no rule of a fixed number of nets.', [
      'Use the per-person rule in the plan',
      'Use the household rule in the plan',
    ])
  const sizes = [2 * nets - 1, 2 * nets]
  return ask(
    'There is no rule of a fixed number of nets: the household rule gives half as many nets as a household has people, ' +
      `rounded up. ${String(nets)} ${nets === 1 ? 'net' : 'nets'} is what a household of ${sizes.join(' or ')} gets. ` +
      'Which size?',
    sizes.map((size) => `Use households of ${String(size)} in the plan`),
  )
}

function isCountOfNets({ words }: Reading, { to }: Figure): boolean {
  return words.slice(to + 1, to + 4).some(({ text }) => /^(?:nets?|itns?|llins?|bednets?)$/.test(text))
}
