import { bareName } from '../column-names.ts'
import type { KeyName } from '../column-kinds.ts'

type Places = ReadonlyMap<KeyName, number>

/**
 * Names of attributes with an administrative level, as published boundaries have them: `ADM3_EN` and `ADM3_PCODE` of
 * OCHA's common datasets, `admin3Name` and `admin3Pcode` of the same with other tools, `NAME_3` and `GID_3` of GADM.
 */
const LEVEL_NAMES: readonly RegExp[] = [
  /^adm(?:in)?(\d)(?:en|fr|pt|es|ar|name|na|ref|lb)$/,
  /^adm(?:in)?(\d)name\w{0,2}$/,
  /^name(\d)$/,
] as const
const LEVEL_CODES: readonly RegExp[] = [/^adm(?:in)?(\d)p?code$/, /^gid(\d)$/, /^hasc(\d)$/, /^cc(\d)$/] as const

/** Names of other sources: geoBoundaries, DHIS2, and those of single countries. In the order in which they count. */
const NAMES: Readonly<Partial<Record<KeyName, readonly string[]>>> = {
  wardName: [
    'shapename',
    'wardnm',
    'wardnameen',
    'nomcommune',
    'nomcom',
    'commune',
    'nomarr',
    'arrondissement',
    'subcounty',
    'scounty',
    'parish',
    'displayname',
    'name',
    'nom',
    'nome',
    'nombre',
  ],
  wardCode: ['wardid', 'wardpcode', 'pcode', 'code', 'uid', 'id'],
  lga: ['lganame', 'lganm', 'parentname', 'nomdept', 'departement', 'districtname', 'district', 'county'],
  state: ['statename', 'statenm', 'nomregion', 'region', 'province', 'grandparentname'],
} as const
const LGA_BELOW = 1
const STATE_LEVEL = 1

/**
 * The position of each key by the names that the usual sources give it. The deepest level is that of wards, the one
 * above it that of LGAs, and the first that of states. A code counts only if it differs between wards.
 */
export function sourcePlaces(fields: readonly string[], isDifferent: (place: number) => boolean): Places {
  const bare = fields.map(bareName)
  const places = new Map<KeyName, number>()
  const put = (key: KeyName, place: number | undefined): void => {
    if (place !== undefined && place !== -1 && !places.has(key)) places.set(key, place)
  }
  const names = byLevel(bare, LEVEL_NAMES)
  const codes = byLevel(bare, LEVEL_CODES)
  const deepest = Math.max(...names.keys())
  if (names.size > 0) {
    put('wardName', names.get(deepest))
    const code = codes.get(deepest)
    if (code !== undefined && isDifferent(code)) put('wardCode', code)
    if (deepest - LGA_BELOW > STATE_LEVEL) {
      put('lga', names.get(deepest - LGA_BELOW))
      put('lgaCode', codes.get(deepest - LGA_BELOW))
    }
    if (deepest > STATE_LEVEL) {
      put('state', names.get(STATE_LEVEL))
      put('stateCode', codes.get(STATE_LEVEL))
    }
  }
  for (const [key, known] of Object.entries(NAMES) as [KeyName, readonly string[]][]) {
    const place = known.map((name) => bare.indexOf(name)).find((at) => at !== -1)
    if (key !== 'wardCode' || (place !== undefined && isDifferent(place))) put(key, place)
  }
  return places
}

/** The first column of each level, by the patterns in their order. */
function byLevel(bare: readonly string[], patterns: readonly RegExp[]): ReadonlyMap<number, number> {
  const found = new Map<number, number>()
  for (const pattern of patterns) {
    bare.forEach((name, place) => {
      const level = pattern.exec(name)?.[1]
      if (level !== undefined && !found.has(Number(level))) found.set(Number(level), place)
    })
  }
  return found
}
