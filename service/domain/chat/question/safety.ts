import type { Reading } from './reading.ts'
import type { Meaning } from './replies.ts'
import { speaksOf } from './reading.ts'
import { wordSet, pattern } from './words.ts'

/** Signs of severe illness. With a person, or said of somebody now, they are an emergency. */
const SEVERE: ReadonlySet<string> = wordSet(
  'convulsing convulsion convulsions convulse convulses fits fitting seizure seizures unconscious coma fainted ' +
    'collapsed dying jerking',
)
const SICK: ReadonlySet<string> = wordSet(
  'fever feverish feverishness sick sickness ill unwell vomiting vomits vomit shivering shivers chills headache ' +
    'jaundice hot',
)
const HAS_MALARIA = /\b(?:has|have|had|got|caught|suffering) (?:[a-z]+ ){0,2}malaria\b/
/** One person, and not the people of a place. */
const PERSON: ReadonlySet<string> = wordSet(
  'child baby boy girl son daughter wife husband mother father mum mom dad brother sister patient pregnant pikin ' +
    'infant newborn toddler uncle aunt grandmother grandfather neighbour neighbor friend he she him her',
)
/** With "I" before them, the person speaks of their own illness. */
const FEELS: ReadonlySet<string> = new Set([
  'have',
  'feel',
  'am',
  'got',
  'get',
  'caught',
  'think',
  'suffer',
  'is',
  'dey',
])
const TREATMENT: ReadonlySet<string> = wordSet(
  'dose doses dosage dosages dosing tablet tablets pill pills syrup injection injections prescribe prescribed ' +
    'prescription drug drugs medicine medicines medication medications medicament coartem lonart artemether ' +
    'lumefantrine artesunate artesunat quinine chloroquine fansidar paracetamol panadol cure cures antimalarial ' +
    'antimalarials herb herbs agbo symptom symptoms',
)
const TREATED: ReadonlySet<string> = wordSet('malaria fever it them patients children people')
const DEATHS: ReadonlySet<string> = wordSet('death deaths die dies died dead mortality fatality fatalities')
const FORECAST: ReadonlySet<string> = wordSet(
  'predict predicts predicted prediction predictions forecast forecasts forecasting foresee projection projections ' +
    'prognosis',
)
const LATER = /\b(?:next|coming|following|future) (?:year|years|month|months|season|week|weeks|quarter|decade|rains)\b/
/** What a forecast would be of. */
const CASES: ReadonlySet<string> = wordSet(
  'case cases malaria infection infections outbreak outbreaks epidemic epidemics incidence prevalence positivity tpr ' +
    'transmission rain rains rainfall flood floods',
)
const OUTBREAK = pattern(
  String.raw`\b(?:outbreak|outbreaks|epidemic|epidemics)\b.*\b(?:coming|come|expected|soon|likely|next|`,
  String.raw`happen|possible|start)\b|\b(?:expect|will|coming|next|possible)\b.*\b(?:outbreak|outbreaks|`,
  String.raw`epidemic|epidemics)\b`,
)
const EFFECT = /\b(?:avert|averts|averted|prevent|prevents|prevented|save|saves|saved)\b/
const COUNTED = /\b(?:how many|how much|number of|percent|percentage)\b/

const EMERGENCY =
  'This is an emergency. Take the person to the nearest health facility or hospital at once, or call an ' +
  'ambulance (112 in Nigeria); do not wait ' +
  'and do not give anything to swallow to somebody who is unconscious or has convulsions. I give no medical advice.'
const NO_TREATMENT =
  'I give no medical advice. Anybody who may have malaria needs a test and care at a health facility without delay, ' +
  'and medicine only as a health worker says. With convulsions, unconsciousness or repeated vomiting it is an ' +
  'emergency: go at once.'
const NO_DEATHS =
  'The data have no column of deaths, and I do not estimate deaths. I can rank wards, show their values and plan nets.'
const NO_FORECAST =
  'I do not forecast: neither cases, nor ranks, nor the effect of nets. I rank wards by the data that you have, and ' +
  'plan nets for the people in them.'

/**
 * What a message about a sick person, a treatment, deaths or the future gets, before anything else is read into it.
 * Names from the person's own data are never taken for these, so that a column of deaths can be asked about.
 */
export function answeredForSafety(reading: Reading): Meaning | null {
  const texts = ownWords(reading)
  const has = (set: ReadonlySet<string>): boolean => texts.some((text) => set.has(text))
  const plain = texts.join(' ')
  const isSomebody = has(PERSON) || isAboutMyself(texts)
  if (has(SEVERE) && (isSomebody || !asksOfPlaces(reading))) return decline(EMERGENCY)
  // "My son has fever" is not about the column `fever_cases`.
  const isSick = reading.words.some(({ text }) => SICK.has(text)) || HAS_MALARIA.test(plain)
  if (has(TREATMENT) || isTreating(texts) || (isSick && isSomebody && !asksOfPlaces(reading)))
    return decline(NO_TREATMENT)
  if (has(DEATHS) && !/\b(?:nigeria|africa|world|country|how does|what is)\b/.test(plain)) return decline(NO_DEATHS)
  return isForecast(reading, texts, plain) ? decline(NO_FORECAST) : null
}

function decline(reason: string): Meaning {
  return { kind: 'decline', reason }
}

/** The words outside of names of the data. */
function ownWords({ words, mentions }: Reading): readonly string[] {
  const named = new Set(mentions.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, at) => from + at)))
  return words.filter((_, place) => !named.has(place)).map(({ text }) => text)
}

function isAboutMyself(texts: readonly string[]): boolean {
  const me = texts.findIndex((text) => text === 'i' || text === 'im')
  return me >= 0 && texts.slice(me + 1, me + 5).some((text, at) => (at === 0 ? FEELS.has(text) : text === 'sick'))
}

/** Whether the message asks about wards or columns, as in `which wards have fever cases`. */
function asksOfPlaces(reading: Reading): boolean {
  return speaksOf(reading, 'wards', 'lga', 'tier', 'map', 'nets') || speaksOf(reading, 'rank')
}

/** `treat malaria`, `treat my child`, `treatment of malaria`; `treat distance as direct` is about an indicator. */
function isTreating(texts: readonly string[]): boolean {
  const at = texts.findIndex((text) => ['treat', 'treating', 'treatment', 'treatments', 'cure'].includes(text))
  return at >= 0 && texts.slice(at + 1, at + 4).some((text) => TREATED.has(text) || PERSON.has(text))
}

function isForecast(reading: Reading, texts: readonly string[], plain: string): boolean {
  if (texts.some((text) => FORECAST.has(text)) || OUTBREAK.test(plain)) return true
  const isOfCases = texts.some((text) => CASES.has(text))
  const isLater = LATER.test(plain) || /\b(?:will|going to|gonna|go)\b.*\b20[2-9]\d\b/.test(plain)
  if (isLater && (isOfCases || !speaksOf(reading, 'nets', 'plan'))) return true
  const isFuture = (texts.includes('will') && !plain.includes('will you')) || plain.includes('going to')
  if (isFuture && isOfCases && !speaksOf(reading, 'nets', 'plan')) return true
  return (
    EFFECT.test(plain) && COUNTED.test(plain) && texts.some((text) => ['life', 'lives', 'case', 'cases'].includes(text))
  )
}
