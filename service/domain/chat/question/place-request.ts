import type { Outline } from '../outline.ts'
import type { Mention } from './mention.ts'
import { unknownPlace } from './named-places.ts'
import { speaksOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { ask, askWhich } from './replies.ts'
import type { Meaning } from './replies.ts'

const LEAVE_OUT: ReadonlySet<string> = new Set([
  'excluding',
  'exclude',
  'except',
  'without',
  'outside',
  'minus',
  'besides',
  'not',
  'dropping',
  'drop',
  'removing',
  'remove',
])

/**
 * Asks back when a place is to be left out, because no ranking can do that. An answer about this place would be the
 * opposite of what was asked.
 */
export function leavesOut(reading: Reading): Meaning | null {
  const { words, mentions } = reading
  // A plan of nets can leave places out.
  if (speaksOf(reading, 'nets', 'planning')) return null
  const isLeftOut = ({ from, wards, lgas }: Mention): boolean => {
    if (wards.length + lgas.length === 0) return false
    for (let place = from - 1; place >= Math.max(0, from - 3); place -= 1) {
      if (/[,;.!?\n]/.test(words[place + 1]?.gap ?? '')) return false
      const [text, before] = [words[place]?.text ?? '', words[place - 1]?.text ?? '']
      if (
        LEAVE_OUT.has(text) ||
        [before, text].join(' ') === 'other than' ||
        [before, text].join(' ') === 'apart from' ||
        [before, text].join(' ') === 'all but'
      )
        return true
    }
    return false
  }
  if (!mentions.some(isLeftOut)) return null
  return ask(
    'I rank all wards, the wards of one LGA or the wards of one tier. I cannot leave some out. Which would you like?',
    ['Show the wards at highest risk', 'Summarise by LGA'],
  )
}

/**
 * Asks back if a column is wanted for a place that the data do not have. Figures of all wards could be mistaken for
 * those of one.
 */
export function elsewhere(reading: Reading, { dataset }: Outline): Meaning | null {
  const place = reading.mentions.some(({ columns }) => columns.length > 0) ? unknownPlace(reading) : null
  if (dataset === null || place === null) return null
  return askWhich(
    reading,
    place.from,
    place.to,
    'ward or LGA',
    [...new Set([...reading.names.wardsLike(place.text), ...reading.names.lgasLike(place.text)])].slice(0, 4),
  )
}
