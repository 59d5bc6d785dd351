/** What the page relies on in the service's replies: less than they hold, and never more. */

export type Role = 'wards' | 'boundaries' | 'facilities'
export type Direction = 'direct' | 'inverse'
export type Mode = 'standard' | 'legacy'
export type Tier = 'High' | 'Medium' | 'Low'

export interface Column {
  readonly name: string
  readonly type: string
  readonly missing: number
  readonly min: number | null
  readonly max: number | null
  readonly indicator: boolean
  readonly direction: Direction | null
  readonly reason: string | null
}

/** How long a session lasts: unused, and at the latest, by this computer's clock. */
export interface SessionTimes {
  readonly idleMs: number
  readonly endsAt: number
}

export interface UploadedFile {
  readonly id: string
  readonly role: Role
  readonly state: string
  readonly filename?: string
  readonly rows?: number
  readonly columns?: readonly Column[]
  readonly features?: number
  readonly crs?: string
  readonly sourceCrs?: string
  readonly facilities?: number
  readonly wards?: number
  readonly months?: readonly string[]
  readonly refusedRows?: number
}

export interface PositivityChoices {
  readonly age: 'u5' | 'o5' | 'pw' | 'all'
  readonly method: 'rdt' | 'microscopy' | 'both'
  readonly facilityLevel: 'all' | 'primary' | 'secondary' | 'tertiary'
}

/** Shares are in percent. */
export interface WardPositivity {
  readonly lga: string | null
  readonly wardName: string
  readonly tested: number
  readonly positive: number
  readonly tpr: number | null
  readonly low: number | null
  readonly high: number | null
  readonly completeness: number | null
  readonly flags: readonly string[]
}

export interface Positivity {
  readonly column: string
  readonly months: readonly string[]
  readonly wards: readonly WardPositivity[]
  readonly refused: readonly { readonly line: number; readonly facility: string; readonly reason: string }[]
  readonly refusedCount: number
  readonly findings: readonly Finding[]
}

export interface Upload {
  readonly url: string
  readonly fields: Readonly<Record<string, string>>
}

export interface Suggestion {
  readonly boundary: string
  readonly wardCode: string | null
  readonly lga: string | null
}

/** A ward and a boundary by name, joined or parted by a person. */
export interface Settled {
  readonly ward: string
  readonly boundary: string
}

export interface UnmatchedWard {
  readonly name: string
  readonly reason: string
  readonly suggestions: readonly Suggestion[]
}

export interface Finding {
  readonly detail: string
  readonly examples?: readonly string[]
}

export interface ColumnQuality {
  readonly name: string
  readonly missing: number
  readonly missingShare: number
  readonly min: number
  readonly max: number
  readonly constant: boolean
  readonly outliers: {
    readonly count: number
    readonly wards: readonly { readonly ward: string; readonly value: number }[]
  }
}

export interface DataQuality {
  readonly boundaries: number | null
  readonly sourceCrs: string | null
  readonly matchedByCode: number
  readonly matchedByName: number
  readonly matchedByNameForm: number
  readonly matchedByHand: number
  readonly spelledDifferently: readonly (Settled & { readonly joinedBy: string })[]
  readonly unusedBoundaries: readonly string[]
  readonly missingCells: number
  readonly missingShare: number
  readonly columns: readonly ColumnQuality[]
  readonly findings: readonly Finding[]
}

export interface Dataset {
  readonly version: number
  readonly wards: number
  readonly matched: number
  readonly unmatched: readonly UnmatchedWard[]
  readonly refused: readonly Settled[]
  readonly duplicates: readonly string[]
  readonly columns: readonly Column[]
  readonly quality: DataQuality
}

export interface AnalysisEntry {
  readonly id: string
  readonly datasetVersion: number
  readonly mode: Mode
  readonly createdAt: string
  readonly stale: boolean
}

export interface WardIndicator {
  readonly name: string
  readonly raw: number
  readonly imputed?: string
  readonly normalised: number
}

export interface RankedWard {
  readonly wardCode: string | null
  readonly wardName: string
  readonly lga: string | null
  readonly score: number
  readonly rank: number
  readonly tier: Tier
  readonly robustness: { readonly topThirdShare: number; readonly medianRank: number }
  readonly indicators?: readonly WardIndicator[]
}

export interface Imputation {
  readonly ward: string
  readonly column: string
  readonly value: number
  readonly how: string
  readonly neighbours: readonly string[]
}

export interface Analysis {
  readonly id: string
  readonly datasetVersion: number
  readonly state: 'running' | 'done' | 'failed'
  readonly stale?: boolean
  readonly mode: Mode
  readonly indicators: readonly { readonly name: string; readonly direction: Direction }[]
  readonly models: readonly (readonly string[])[]
  readonly wards: readonly RankedWard[]
  readonly imputations: readonly Imputation[]
  readonly caveats: readonly string[]
}

export interface WardPage {
  readonly stale: boolean
  readonly wards: readonly RankedWard[]
  readonly nextCursor?: string
}

export interface PlanEntry {
  readonly id: string
  readonly analysisId: string
}

export interface Plan extends PlanEntry {
  readonly stale: boolean
  readonly parameters: {
    readonly populationColumn: string
    readonly urbanColumn: string | null
    readonly urbanThreshold: number
  }
  readonly totals: {
    readonly stock: number
    readonly allocated: number
    readonly remaining: number
    readonly wardsFull: number
    readonly wardsPartial: number
    readonly population: number
    readonly coveragePercent: number
  }
  readonly wards: readonly {
    readonly wardName: string
    readonly lga: string | null
    readonly rank: number
    readonly population: number
    readonly need: number
    readonly allocated: number
    readonly coveragePercent: number
  }[]
  readonly excluded: readonly { readonly wardName: string; readonly reason: string }[]
  readonly caveats: readonly string[]
}

type Ring = readonly (readonly [number, number])[]

export interface Shapes {
  readonly features: readonly {
    readonly properties: { readonly wardCode: string | null; readonly wardName: string; readonly matched: boolean }
    readonly geometry:
      | { readonly type: 'Polygon'; readonly coordinates: readonly Ring[] }
      | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly Ring[])[] }
      | null
  }[]
}
