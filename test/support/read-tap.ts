/** What one test file's TAP says. Tests are its outermost points; those marked SKIP or TODO count as skipped. */
export interface TapResult {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** The plan was printed and met, so that nothing was cut off. */
  readonly complete: boolean
  /** The failing parts of the output, with their details, for people to read; empty when nothing failed. */
  readonly failures: string
}

/** Reads TAP version 14 as tap prints it. */
export function readTap(output: string): TapResult {
  const lines = output.split('\n')
  const points = lines.filter((line) => /^(not )?ok \d/.test(line))
  const skipped = points.filter((line) => / # (SKIP|TODO)\b/i.test(line)).length
  const failed = points.filter((line) => line.startsWith('not ok') && !/ # (SKIP|TODO)\b/i.test(line)).length
  const plan = lines.map((line) => /^1\.\.(\d+)/.exec(line)?.[1]).find((count) => count !== undefined)
  return {
    passed: points.length - skipped - failed,
    failed,
    skipped,
    complete: plan !== undefined && Number(plan) === points.length,
    failures: failed === 0 ? '' : failingLines(lines).join('\n'),
  }
}

// Drops what went well: passed points, plans, and the titles of subtests that hold no failure.
function failingLines(lines: readonly string[]): string[] {
  const kept: string[] = []
  let details = false
  for (const [index, line] of lines.entries()) {
    if (/^\s*(not )?ok \d/.test(line)) details = line.trimStart().startsWith('not ok')
    const title = /^( *)# Subtest: (.*)$/.exec(line)
    if (title !== null) {
      const end = lines.slice(index).find((later) => later.startsWith(title[1] ?? '') && /^(not )?ok \d/.test(later.slice(title[1]?.length)))
      details = end === undefined || end.trimStart().startsWith('not ok')
    }
    if (details && line.trim() !== '' && !/^\s*1\.\.\d/.test(line)) kept.push(line)
  }
  return kept
}
