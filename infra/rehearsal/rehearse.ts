import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { EXCEPTIONS, NAG_EXCEPTIONS } from '../rules/exceptions.ts'
import { RULES } from '../rules/all.ts'
import { viewOf } from '../rules/rule.ts'
import { compareStacks } from './compare.ts'
import { choices, monthlyCost, sumOf } from './cost.ts'
import { drawStack } from './drawing.ts'
import { rehearseAll, runMutants, takenSettings, type StageReport } from './rehearse-all.ts'
import { FAULTY_SETTINGS } from './mutants-of-kinds.ts'
import { ROOT } from './stacks.ts'

/** `npm run rehearse`: what `pulumi preview` and `pulumi up` would ask for, and whether it keeps every promise. */
async function main(): Promise<number> {
  const begin = performance.now()
  const reports = await rehearseAll()
  for (const report of reports) printStage(report)
  const [dev, staging, prod, small] = reports
  const faults = reports.reduce(
    (sum, { findings, hidden, objections, nag, preview, up }) =>
      sum +
      findings.length +
      hidden.length +
      objections.length +
      nag.open.length +
      nag.unused.length +
      Number(preview.code !== 0) +
      Number(up.code !== 0),
    0,
  )
  if (dev === undefined || staging === undefined || prod === undefined || small === undefined) return 1

  const mutants = runMutants(prod)
  const taken = takenSettings()
  const missed = [
    ...mutants.filter(({ caughtBy, nagged }) => caughtBy.length === 0 || !nagged).map(({ mutant }) => mutant.fault),
    ...taken,
  ]
  for (const fault of missed) console.log(`  not caught: ${fault}`)
  const planted = mutants.length + FAULTY_SETTINGS.length
  const named = mutants.filter(({ mutant }) => mutant.named).length
  const nagging = mutants.filter(({ mutant }) => mutant.nag !== undefined).length
  console.log(
    [
      `faults    ${String(planted - missed.length)} of ${String(planted)} caught`,
      `${String(named)} of them of the kinds that template validators let pass`,
      `${String(nagging)} caught by cdk-nag too`,
    ].join(', '),
  )
  console.log(
    `controls  ${String(RULES.length)} rules; ${String(EXCEPTIONS.length)} written exceptions; ` +
      `${String(NAG_EXCEPTIONS.length)} of rules of cdk-nag`,
  )

  for (const [one, other] of [
    [staging, prod],
    [dev, prod],
    [small, prod],
  ] as const) {
    const differences = compareStacks(
      { stage: one.stage, records: one.up.records },
      { stage: other.stage, records: other.up.records },
    )
    console.log(`\n${one.stage} against ${other.stage}: ${String(differences.length)} differences`)
    for (const { resource, path, left, right } of differences)
      console.log(
        `  ${resource} ${path}: ${left === undefined ? 'absent' : JSON.stringify(left)} -> ` +
          (right === undefined ? 'absent' : JSON.stringify(right)),
      )
  }
  for (const { stage, up } of reports) {
    const lines = monthlyCost(viewOf(stage, up.records))
    console.log(
      `\n${stage}: about $${sumOf(lines)} a month at list prices that were not fetched (infra/rehearsal/cost.ts)`,
    )
    for (const { what, count, dollars } of lines)
      console.log(`  ${dollars.toFixed(2).padStart(8)}  ${String(count)} ${what}`)
  }
  console.log('\nchoices, a month:')
  for (const { what, dollars } of choices()) console.log(`  ${dollars.toFixed(2).padStart(8)}  ${what}`)
  mkdirSync(join(ROOT, 'docs/images'), { recursive: true })
  writeFileSync(join(ROOT, 'docs/images/stack.svg'), drawStack(viewOf('prod', prod.up.records)))
  console.log(
    `\n${faults + missed.length === 0 ? 'green' : 'RED'} in ${((performance.now() - begin) / 1_000).toFixed(1)} s`,
  )
  return faults + missed.length === 0 ? 0 : 1
}

function printStage({ stage, preview, up, hidden, findings, objections, nag }: StageReport): void {
  const ended = ({ code }: StageReport['up']): string => (code === 0 ? 'ok' : 'FAILED')
  const counts = [
    `${String(up.records.length)} resources`,
    `${String(findings.length)} findings`,
    `${String(objections.length)} objections of the template validator`,
    `${String(nag.open.length)} of cdk-nag`,
  ]
  console.log(`${stage.padEnd(9)} preview ${ended(preview)}, up ${ended(up)}: ${counts.join(', ')}`)
  for (const { severity, text } of up.messages) if (severity === 'error') console.log(`  ${text}`)
  for (const urn of hidden) console.log(`  made where a preview cannot see it: ${urn}`)
  for (const objection of objections) console.log(`  ${objection}`)
  for (const { rule, resource, what } of nag.open) console.log(`  ${rule}: ${resource}: ${what}`)
  for (const exception of nag.unused) console.log(`  an exception is no longer needed: ${exception}`)
  for (const { rule, title, subject } of findings) console.log(`  ${rule}: ${title}: ${subject}`)
}

process.exitCode = await main()
