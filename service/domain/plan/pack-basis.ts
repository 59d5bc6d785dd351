import { isPackedAs, packArrays, unpackArrays } from '../dataset/pack-arrays.ts'
import { EARLIER_LETTERS, upgradeBasis, type EarlierBasis } from './earlier-basis.ts'
import type { PlanBasis } from './plan-basis.ts'

const LETTERS = 'NETPLAN5'

/**
 * Packs a basis as bytes, to be sealed and stored. The wards are one text in it, because searching each of their values
 * for the mark of an array would cost more than the plan.
 */
export function packBasis(basis: PlanBasis): Uint8Array {
  return packArrays(LETTERS, { ...basis, wards: JSON.stringify(basis.wards) })
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
  const { wards, ...basis } = unpackArrays(LETTERS, bytes) as Omit<PlanBasis, 'wards'> & { readonly wards: string }
  return { ...basis, wards: JSON.parse(wards) as PlanBasis['wards'] }
}
