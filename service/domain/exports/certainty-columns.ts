import { sureByWard, type StatedCertainty } from '../certainty/stated-certainty.ts'

type Cell = string | number | null

/** The columns by which a table says how sure a ward's place is: the 90 % interval of its rank, chances of 0 to 1. */
const COLUMNS = ['rank_low', 'rank_high', 'chance_high', 'chance_nets', 'verdict', 'draws', 'seed'] as const

/** A part of a table: its header, and the cells of a ward. Cells are null where the certainty was not computed. */
export interface CertaintyColumns {
  readonly header: readonly string[]
  readonly cellsOf: (wardName: string) => readonly Cell[]
}

/** @param table whether the table is about a plan: only then it has the chance of nets */
export function certaintyColumns(certainty: StatedCertainty, table: 'ranking' | 'plan'): CertaintyColumns {
  const byWard = sureByWard(certainty)
  const isShown = (name: (typeof COLUMNS)[number]): boolean => table === 'plan' || name !== 'chance_nets'
  return {
    header: COLUMNS.filter(isShown),
    cellsOf: (wardName) => {
      const ward = byWard.get(wardName)
      const cells = {
        rank_low: ward?.rankLow ?? null,
        rank_high: ward?.rankHigh ?? null,
        chance_high: ward?.chanceHigh ?? null,
        chance_nets: ward?.chanceNets ?? null,
        verdict: ward?.verdict ?? null,
        draws: ward === undefined ? null : certainty.draws,
        seed: ward === undefined ? null : certainty.seed,
      }
      return COLUMNS.filter(isShown).map((name) => cells[name])
    },
  }
}
