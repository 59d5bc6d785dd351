import { ATTACKS } from '../attacks/attacks.ts'
import type { Drilled } from './judge-row.ts'
import type { Row } from './row.ts'

/** The page of drills, as `npm run drills` writes it. */
export function drillsPage(
  drilled: readonly Drilled[],
  { commit, date }: { readonly commit: string; readonly date: string },
): string {
  const held = drilled.filter(({ verdict }) => verdict === 'held').length
  return `# Drills

## Faults

\`npm run drills\` makes every fault below on real parts (Redis, S3 gateway, haproxy, built tasks) and writes this page. \`npm run drills -- 4 28\` makes the faults of those rows alone and writes nothing. \`npm test\` makes the same faults with fewer people and requests. Each row is a list of tests in \`test/drills/faults.ts\`; it holds when all of them ran and passed.

Commit \`${commit}\`, ${date}: ${String(held)} of ${String(drilled.length)} rows held.

| | Fault | Expected | Measured | Verdict | Not made here |
| --- | --- | --- | --- | --- | --- |
${drilled
  .map(({ row, measured, verdict }) => line([row.id, row.what, row.expected, measured, verdict, row.leftOut ?? '']))
  .join('\n')}

## Attacks

Each attack is made by the tests named beside it, in every \`npm test\`.

| | Attack | Expected | Tests | Not made here |
| --- | --- | --- | --- | --- |
${ATTACKS.map((row) => line([row.id, row.what, row.expected, testsOf(row), row.leftOut ?? ''])).join('\n')}
`
}

function testsOf({ tests }: Row): string {
  return [...new Set(tests.map(([file]) => `\`test/${file}\``))].join(', ')
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
}
