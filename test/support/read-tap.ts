/** The TAP of one test file in figures. Tests are its outermost points; those marked SKIP or TODO count as skipped. */
export interface TapResult {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** The plan was printed and met, so nothing was cut off. */
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

// Drops everything that went well: passed points, plans, and the titles of subtests without a failure.
function failingLines(lines: readonly string[]): string[] {
  const kept: string[] = []
  let details = false
  for (const [index, line] of lines.entries()) {
    if (/^\s*(not )?ok \d/.test(line)) details = line.trimStart().startsWith('not ok')
    const title = /^( *)# Subtest: (.*)$/.exec(line)
    if (title !== null) {
      const end = lines
        .slice(index)
        .find((later) => later.startsWith(title[1] ?? '') && /^(not )?ok \d/.test(later.slice(title[1]?.length)))
      details = end === undefined || end.trimStart().startsWith('not ok')
    }
    if (details && line.trim() !== '' && !/^\s*1\.\.\d/.test(line)) kept.push(line)
  }
  return kept
}

/** One point at any depth, by its title and the titles around it, outermost first. */
export interface TapPoint {
  readonly path: readonly string[]
  readonly isOk: boolean
  readonly isSkipped: boolean
}

/** Every point of TAP version 14, including those of subtests. */
export function tapPoints(output: string): TapPoint[] {
  const titles: string[] = []
  return output.split('\n').flatMap((line) => {
    const [, indent = '', isBad, title, point] =
      /^((?: {4})*)(?:(not )?ok \d+(?: - (.*?))?(?: # (?:time=.*|(?:SKIP|TODO).*))?(?: \{)?|# Subtest: (.*))$/.exec(
        line,
      ) ?? []
    const depth = indent.length / 4
    if (point !== undefined) titles[depth] = plain(point)
    if (point !== undefined || !/^ *(not )?ok \d/.test(line)) return []
    return [
      {
        path: [...titles.slice(0, depth), plain(title ?? '')],
        isOk: isBad === undefined,
        isSkipped: / # (SKIP|TODO)\b/i.test(line),
      },
    ]
  })
}

/** What tests told of themselves by `t.comment('measured: ...')`, by their titles from the outermost on. */
export function tapMeasurements(output: string): { readonly path: readonly string[]; readonly text: string }[] {
  const titles: string[] = []
  return output.split('\n').flatMap((line) => {
    const [, indent = '', title, text] = /^((?: {4})*)# (?:Subtest: (.*)|measured: (.*))$/.exec(line) ?? []
    const depth = indent.length / 4
    if (title !== undefined) titles[depth] = plain(title)
    return text === undefined ? [] : [{ path: titles.slice(0, depth), text }]
  })
}

function plain(title: string): string {
  return title.replaceAll(/\\([#\\])/g, '$1').trim()
}
