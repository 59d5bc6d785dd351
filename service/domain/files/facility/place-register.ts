import { Fault } from '../../fault.ts'
import { say, type Said } from '../../said.ts'
import { areaKey } from '../area-key.ts'
import { normalForm } from '../normal-form.ts'
import type { NamedRow } from './row-kinds.ts'
import type { RowNotes } from './row-notes.ts'

const MOST_PLACES = 100_000
/** Of all spellings together: 100,000 facilities of 160 characters. A task holds each of them up to six times. */
const MOST_CHARACTERS = 16_000_000

export interface SeenWard {
  readonly state: string | null
  readonly lga: string | null
  readonly wardName: string
  refusedRows: number
}

export interface SeenFacility {
  readonly ward: number
  readonly name: string
}

/**
 * Numbers wards and facilities. A ward is identified by its state, its LGA and its name together, a facility by its
 * ward
 * and its name without case and double spaces.
 */
export class PlaceRegister {
  readonly wards: SeenWard[] = []
  readonly facilities: SeenFacility[] = []
  readonly #notes: RowNotes
  readonly #wardNumbers = new Map<string, number>()
  /** By the names as written: the normal form of a name costs more than the rest of a row. */
  readonly #wardSpellings = new Map<string, number>()
  readonly #facilityNumbers = new Map<string, number>()
  readonly #facilitySpellings = new Map<string, number>()
  #characters = 0

  /** `notes` learn of wards and facilities that are spelled in several ways. */
  constructor(notes: RowNotes) {
    this.#notes = notes
  }

  /** @throws Fault `too-large` when there are too many wards, or their names are too long */
  wardNumber({ state, lga, ward }: NamedRow): number {
    const spelling = `${state}\n${lga}\n${ward}`
    const spelled = this.#wardSpellings.get(spelling)
    if (spelled !== undefined) return spelled
    this.#refuseMore(this.#wardSpellings, spelling, 'too-many-ward-names')
    const key = areaKey(state, lga, normalForm(ward))
    const number = this.#wardNumbers.get(key) ?? this.wards.length
    const known = this.wards[number]
    if (known === undefined) this.wards.push({ state: orNull(state), lga: orNull(lga), wardName: ward, refusedRows: 0 })
    else
      this.#notes.add(
        'respelled',
        `${known.wardName}${known.lga === null ? '' : `, ${known.lga}`} = ${ward}${lga === '' ? '' : `, ${lga}`}`,
      )
    this.#wardNumbers.set(key, number)
    this.#wardSpellings.set(spelling, number)
    return number
  }

  /** @throws Fault `too-large` when there are too many facilities, or their names are too long */
  facilityNumber(ward: number, name: string): number {
    const spelling = `${String(ward)}\n${name}`
    const spelled = this.#facilitySpellings.get(spelling)
    if (spelled !== undefined) return spelled
    this.#refuseMore(this.#facilitySpellings, spelling, 'too-many-facilities')
    const key = `${String(ward)}\n${name.normalize('NFC').replace(/\s+/g, ' ').toLowerCase()}`
    const number = this.#facilityNumbers.get(key) ?? this.facilities.length
    const known = this.facilities[number]
    if (known === undefined) this.facilities.push({ ward, name })
    else this.#notes.add('facility respelled', `${known.name} = ${name}`)
    this.#facilityNumbers.set(key, number)
    this.#facilitySpellings.set(spelling, number)
    return number
  }

  #refuseMore(
    spellings: ReadonlyMap<string, number>,
    spelling: string,
    refusal: 'too-many-ward-names' | 'too-many-facilities',
  ): void {
    this.#characters += spelling.length
    if (spellings.size === MOST_PLACES) throw tooLarge(say(refusal, { most: MOST_PLACES }))
    if (this.#characters > MOST_CHARACTERS) throw tooLarge(say('place-names-too-long', { most: MOST_CHARACTERS }))
  }
}

function tooLarge(said: Said): Fault {
  return new Fault('too-large', say('cannot-read-facilities', { found: said }), { errors: [{ said }] })
}

function orNull(text: string): string | null {
  return text === '' ? null : text
}
