import { findings, type Finding } from '../rules/all.ts'
import { viewOf } from '../rules/rule.ts'
import type { Stage } from '../settings.ts'
import { cloudFormation } from './cloudformation.ts'
import type { Rehearsed } from './engine.ts'
import { MUTANTS, type Mutant } from './mutants.ts'
import { rehearseStack, STAGES } from './stacks.ts'
import { validateTemplates } from './validate-template.ts'

export interface StageReport {
  readonly stage: Stage
  readonly preview: Rehearsed
  readonly up: Rehearsed
  /** Resources that only one of preview and update showed: made where a preview cannot see them. */
  readonly hidden: readonly string[]
  readonly findings: readonly Finding[]
  /** What AWS's template validator objects to in the same resources. */
  readonly objections: readonly string[]
}

/** Rehearses every stack, preview and update, two programs at a time: each takes a processor to itself. */
export async function rehearseAll(): Promise<StageReport[]> {
  const reports: Omit<StageReport, 'objections'>[] = []
  for (const stage of STAGES) {
    const [preview, up] = await Promise.all([rehearseStack(stage, { preview: true }), rehearseStack(stage)])
    reports.push({ stage, preview, up, hidden: [...only(preview, up), ...only(up, preview)], findings: findings(viewOf(stage, up.records)) })
  }
  const objections = validateTemplates(reports.map(({ up }) => cloudFormation(up.records).template))
  return reports.map((report, index) => ({ ...report, objections: objections[index] ?? [] }))
}

function only(one: Rehearsed, other: Rehearsed): string[] {
  const there = new Set(other.records.map(({ urn }) => urn))
  return one.records.map(({ urn }) => urn).filter((urn) => !there.has(urn))
}

/** Puts each fault into a stack, one at a time, and gives the rules that object. */
export function runMutants({ stage, up }: StageReport): { readonly mutant: Mutant; readonly caughtBy: readonly string[] }[] {
  const before = new Set(findings(viewOf(stage, up.records)).map(({ rule, subject }) => `${rule} ${subject}`))
  return MUTANTS.map((mutant) => ({
    mutant,
    caughtBy: [...new Set(findings(viewOf(stage, mutant.change(up.records))).filter(({ rule, subject }) => !before.has(`${rule} ${subject}`)).map(({ rule }) => rule))]
  }))
}
