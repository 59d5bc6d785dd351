import type { OperationRow } from './figures.ts'
import type { Run } from './run.ts'

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1b1f24}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}table{border-collapse:collapse;width:100%}
td,th{border-bottom:1px solid #d5dae0;padding:.25rem .5rem;text-align:right}
td:first-child,th:first-child{text-align:left}
.pass{background:#e3f4e6}.violation{background:#fde4e1}.inconclusive{background:#fff3d6}
.verdict{padding:.75rem 1rem;border-radius:.4rem}pre{overflow:auto;background:#f4f6f8;padding:.75rem}`

/** The report for people: one page that loads nothing, with every text of a reply escaped. */
export function reportPage(run: Run, figures: Record<string, unknown> & { operations: OperationRow[] }): string {
  const { verdict } = run
  const said = {
    pass: 'Nothing of anybody reached anybody else.',
    violation: 'Isolation was violated.',
    inconclusive: 'This run proves nothing.',
  }[verdict.outcome]
  const facts = [
    'replay',
    'target',
    'startedAt',
    'seconds',
    'people',
    'operationsDone',
    'requests',
    'requestsPerSecond',
    'violations',
    'violationsByKind',
    'canaries',
    'ownCanariesSeen',
    'megabytesSearched',
    'sinksSearched',
    'successRate',
    'operationKinds',
    'tasksExpected',
    'requestsByTask',
    'overlaps',
    'smugglingPrefixes',
    'networkErrors',
    'plantedViolations',
    'upperBound',
    'processor',
    'faults',
  ]
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Isolation: ${verdict.outcome}</title>
<style>${STYLE}</style>
<h1>Isolation, tried by ${run.users} people</h1>
<p class="verdict ${verdict.outcome}"><strong>${said}</strong> ${escaped(verdict.reasons.join('; '))}</p>
<h2>Figures</h2>${table(
    ['Figure', 'Value'],
    facts.map((name) => [wordsOf(name), textOf(figures[name])]),
  )}
<h2>Operations</h2>${table(
    [
      'Operation',
      'Done',
      'Try again',
      'Session over',
      'Skipped',
      'Failed',
      'Failed in faults',
      'p50 ms',
      'p95 ms',
      'p99 ms',
    ],
    figures.operations.map((row) => Object.values(row).map(textOf)),
  )}
<h2>Routes</h2>${table(
    ['Route', 'Requests', 'Replies by status'],
    Object.entries(figures['routes'] as Record<string, { requests: number; statuses: unknown }>).map(
      ([route, { requests, statuses }]) => [route, textOf(requests), textOf(statuses)],
    ),
  )}
<h2>Planted violations</h2>${table(
    ['Planted', 'Reported'],
    run.planted.map(({ name, reported }) => [name, reported ? 'yes' : 'NO']),
  )}
${run.violations
  .map(
    (violation) =>
      `<h2>${escaped(violation.kind)}</h2><p>${escaped(violation.detail)}</p><pre>${escaped(
        [
          `seen by person ${violation.viewer.user}, session ${String(violation.viewer.era)}`,
          ...(violation.owner === undefined
            ? []
            : [
                `owned by person ${violation.owner.user}, session ${violation.owner.era}: ` +
                  `${violation.owner.field}, edition ${violation.owner.version}`,
              ]),
          ...(violation.request === undefined ? [] : [`request ${violation.request} ${violation.requestId ?? ''}`]),
          ...(violation.context === undefined ? [] : [`context ${violation.context}`]),
          '',
          ...violation.trace,
        ].join('\n'),
      )}</pre>`,
  )
  .join('\n')}
${run.tally.surprises.length === 0 ? '' : surprises(run.tally.surprises)}
</html>
`
}

function surprises(lines: readonly string[]): string {
  return `<h2>Replies that differ from the contract</h2><pre>${escaped(lines.join('\n'))}</pre>`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[], tag: string): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`
  return `<table>${line(head, 'th')}${rows.map((row) => line(row, 'td')).join('')}</table>`
}

function wordsOf(name: string): string {
  return name.replaceAll(/([A-Z])/g, ' $1').toLowerCase()
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(textOf).join('; ')
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? value : JSON.stringify(value)
  return (
    Object.entries(value)
      .map(([name, inner]) => `${name} ${textOf(inner)}`)
      .join(', ') || 'none'
  )
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
