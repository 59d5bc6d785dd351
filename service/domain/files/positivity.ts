import type { TestAge, TestMethod } from './facility/test-column.ts'
import type { TimeChoices, TimeColumns, TimeFrame, WardIncidence, WardTime } from './facility/time/time-figures.ts'
import type { Finding } from './finding.ts'
import type { PositivityShare } from './positivity-share.ts'
import type { Question } from './reading/question.ts'
import type { Reading } from './reading/reading.ts'

/** What test positivity is measured over. */
export interface PositivityChoices {
  readonly facilityLevel: 'all' | 'primary' | 'secondary' | 'tertiary'
  readonly age: TestAge | 'all'
  readonly method: TestMethod | 'both'
  /** Asks for figures of each year and of a trend. */
  readonly time?: TimeChoices
}

/** A reason to check a figure before using it. */
export type PositivityFlag = 'positivity above 80' | 'completeness below 50' | 'rows refused'

/** Test positivity of one ward. Shares are in percent. */
export interface WardPositivity extends PositivityShare {
  /** Undefined in figures that release 0.1.0 measured. */
  readonly state?: string | null
  readonly lga: string | null
  readonly wardName: string
  readonly facilities: number
  /** 100 · facility-months reported / (facilities × months that occur in the file); null without a month column. */
  readonly completeness: number | null
  readonly refusedRows: number
  readonly flags: readonly PositivityFlag[]
  /** There if it was asked for. */
  readonly time?: WardTime
}

/** A row that was not counted, and why. */
export interface RefusedRow {
  readonly line: number
  readonly facility: string
  readonly reason: string
}

/** Test positivity by ward, and everything that was not counted. */
export interface Positivity {
  readonly choices: PositivityChoices
  /** The indicator's name in the dataset. */
  readonly column: string
  readonly rows: number
  readonly facilities: number
  readonly months: readonly string[]
  /** What `time` of each ward is about; there if it was asked for. */
  readonly time?: TimeFrame
  readonly wards: readonly WardPositivity[]
  /** The first thousand refused rows. */
  readonly refused: readonly RefusedRow[]
  readonly refusedCount: number
  readonly findings: readonly Finding[]
  readonly reading: Reading
  /** What a person must settle before the figures are used. */
  readonly questions: readonly Question[]
}

/** A measurement as it was joined to the wards: the counts behind its indicator's values. */
export interface JoinedPositivity extends Pick<
  Positivity,
  'choices' | 'facilities' | 'months' | 'refusedCount' | 'time'
> {
  /** The indicator's name in the ward table. */
  readonly column: string
  /** How the facility table was read; absent in figures that release 0.1.0 measured. */
  readonly reading?: Reading
  /**
   * Wards by their names in the facility table. `ward` is the label of the ward that got the figure; null if none did.
   */
  readonly wards: readonly JoinedWard[]
  /** The columns that hold the figures over time; there if they were asked for. */
  readonly timeColumns?: TimeColumns
}

/** A measured ward beside the ward that got the figure. */
export interface JoinedWard extends WardPositivity {
  readonly ward: string | null
  /** There if figures over time were asked for and the ward has people. */
  readonly incidence?: WardIncidence
}

const Z = 1.959963984540054

/** Wilson's 95 % score interval for a share, in percent (Wilson 1927); null if nobody was tested. */
export function wilson(positive: number, tested: number): { low: number; high: number } | null {
  if (tested <= 0) return null
  const share = positive / tested
  const z2 = Z * Z
  const centre = share + z2 / (2 * tested)
  const spread = Z * Math.sqrt((share * (1 - share)) / tested + z2 / (4 * tested * tested))
  const scale = 100 / (1 + z2 / tested)
  return { low: Math.max(0, (centre - spread) * scale), high: Math.min(100, (centre + spread) * scale) }
}
