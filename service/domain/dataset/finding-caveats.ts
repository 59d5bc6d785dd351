import type { Finding, FindingKind } from '../files/finding.ts'

const SHOWN = 10

/**
 * Whether a finding of each kind could change a figure, so that every artefact has to carry it. The others are in the
 * data-quality report alone, or are said in other words: gaps by how they were filled, joins by their counts
 * (`ranking/caveats.ts`), refused columns by what was left out of the ranking (`ranking/column-caveats.ts`).
 */
const CHANGES_FIGURES: Readonly<Record<FindingKind, boolean>> = {
  'row-dropped': true,
  'column-dropped': true,
  'column-refused': false,
  'column-renamed': false,
  'duplicate-ward': true,
  'missing-values': false,
  'values-removed': true,
  'question-answered': true,
  'rows-combined': true,
  'crs-assumed': false,
  'crs-transformed': false,
  'encoding-assumed': false,
  'text-broken': false,
  'geometry-dropped': true,
  'geometry-united': false,
  'entry-ignored': true,
  'key-assumed': true,
  'join-skipped': true,
  'names-contradict': true,
  'place-changed': true,
  'spelling-differs': false,
  'match-accepted': false,
  'match-refused': false,
  'ward-unmatched': false,
  'boundary-unmatched': false,
  'default-used': true,
  'numbers-read': true,
  'header-joined': true,
  'cells-filled': true,
}

/** A finding as a caveat says it: in English alone. */
export type WordedFinding = Omit<Finding, 'said' | 'examplesSaid'>

/** Whether a finding could change a figure. */
export function changesFigures({ kind }: Pick<Finding, 'kind'>): boolean {
  return CHANGES_FIGURES[kind]
}

/**
 * The findings that could change a figure made of these columns, as sentences with their examples. A finding that names
 * no column concerns all.
 */
export function findingCaveats(findings: readonly WordedFinding[], used: readonly string[]): readonly string[] {
  return findings
    .filter((finding) => changesFigures(finding) && (finding.columns?.some((name) => used.includes(name)) ?? true))
    .map(({ detail, count, examples = [] }) => {
      if (examples.length === 0) return detail
      const more = count > Math.min(SHOWN, examples.length) ? ' and others' : ''
      return `${detail.replace(/[.:]$/, '')} (${String(count)}: ${examples.slice(0, SHOWN).join(', ')}${more}).`
    })
}
