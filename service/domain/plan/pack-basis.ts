import { isPackedAs, packArrays, unpackArrays } from '../dataset/pack-arrays.ts'
import { EARLIER_LETTERS, upgradeBasis, type EarlierBasis } from './earlier-basis.ts'
import type { PlanBasis, PlanWard } from './plan-basis.ts'

const LETTERS = 'NETPLAN6'

/** A list for each part of a ward, with one value per ward. A list of objects takes several times as long to read. */
type WardLists = { readonly [Part in keyof PlanWard]: readonly PlanWard[Part][] }

/** Packs a basis as bytes, to be sealed and stored. */
export function packBasis(basis: PlanBasis): Uint8Array {
  return packArrays(LETTERS, { ...basis, wards: listsOf(basis.wards) })
}

/** Whether `unpackBasis` reads these bytes. Another release may have written another form. */
export function isPackedBasis(bytes: Uint8Array): boolean {
  return isPackedAs(LETTERS, bytes) || isPackedAs(EARLIER_LETTERS, bytes)
}

/**
 * Reads what `packBasis` wrote, also in release 0.1.0.
 * @throws Error when the bytes are anything else
 */
export function unpackBasis(bytes: Uint8Array): PlanBasis {
  if (isPackedAs(EARLIER_LETTERS, bytes)) return upgradeBasis(unpackArrays(EARLIER_LETTERS, bytes) as EarlierBasis)
  const { wards, ...basis } = unpackArrays(LETTERS, bytes) as Omit<PlanBasis, 'wards'> & { readonly wards: WardLists }
  return { ...basis, wards: wardsOf(wards) }
}

function listsOf(wards: readonly PlanWard[]): WardLists {
  return {
    wardCode: wards.map(({ wardCode }) => wardCode),
    wardName: wards.map(({ wardName }) => wardName),
    lga: wards.map(({ lga }) => lga),
    state: wards.map(({ state }) => state),
    rank: wards.map(({ rank }) => rank),
    tier: wards.map(({ tier }) => tier),
    pcaRank: wards.map(({ pcaRank }) => pcaRank),
  }
}

/** @throws Error when the lists are not equally long */
function wardsOf({ wardCode, wardName, lga, state, rank, tier, pcaRank }: WardLists): readonly PlanWard[] {
  if ([wardCode, lga, state, rank, tier, pcaRank].some(({ length }) => length !== wardName.length))
    throw new Error('the packed wards contradict each other')
  return wardName.map((name, place) => ({
    wardCode: wardCode[place] ?? null,
    wardName: name,
    lga: lga[place] ?? null,
    state: state[place] ?? null,
    rank: rank[place] ?? 0,
    tier: tier[place] ?? 'Medium',
    pcaRank: pcaRank[place] ?? null,
  }))
}
