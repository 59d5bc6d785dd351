import { findings, type Finding } from '../rules/all.ts'
import { viewOf } from '../rules/rule.ts'
import { readSettings, type Stage } from '../settings.ts'
import { cloudFormation } from './cloudformation.ts'
import type { Rehearsed } from './engine.ts'
import { FAULTY_SETTINGS } from './mutants-of-kinds.ts'
import { MUTANTS } from './mutants.ts'
import type { Mutant } from './mutant.ts'
import { judged, type NagFinding } from './nag.ts'
import { accountConfig, rehearseStack, stackConfig, STAGES } from './stacks.ts'
import { validateTemplates } from './validate-template.ts'

export interface StageReport {
  readonly stage: Stage
  readonly preview: Rehearsed
  readonly up: Rehearsed
  /** Resources that only one of preview and update showed: made where a preview cannot see them. */
  readonly hidden: readonly string[]
  readonly findings: readonly Finding[]
  /** What AWS's template validator reports about the same resources. */
  readonly objections: readonly string[]
  /** What cdk-nag reports there without a written exception, and the exceptions that nothing needs. */
  readonly nag: { readonly open: readonly NagFinding[]; readonly unused: readonly string[] }
}

/** Two names in each list of keys: the middle of a rotation. */
const ROTATION = {
  'chatmrpt:cookieKeys': '["c2","c1"]',
  'chatmrpt:sealKeys': '["s2","s1"]',
  'chatmrpt:projectKeys': '["p2","p1"]',
  'chatmrpt:redisKeys': '["r2","r1"]',
} as const

/** Rehearses every stack, preview and update, two programs at a time: each uses one processor. */
export async function rehearseAll(): Promise<StageReport[]> {
  const reports: Omit<StageReport, 'objections' | 'nag'>[] = []
  for (const stage of STAGES) {
    const [preview, up] = await Promise.all([rehearseStack(stage, { preview: true }), rehearseStack(stage)])
    reports.push({
      stage,
      preview,
      up,
      hidden: [...only(preview, up), ...only(up, preview)],
      findings: findings(viewOf(stage, up.records)),
    })
  }
  // What shows only during a rotation of keys, such as a password that running tasks still need.
  const rotating = await rehearseStack('prod', { changes: ROTATION })
  const prod = reports.find(({ stage }) => stage === 'prod')
  if (prod !== undefined) {
    const known = new Set(prod.findings.map(({ rule, subject }) => `${rule} ${subject}`))
    const later = findings(viewOf('prod', rotating.records)).filter(
      ({ rule, subject }) => !known.has(`${rule} ${subject}`),
    )
    reports.splice(reports.indexOf(prod), 1, { ...prod, findings: [...prod.findings, ...later] })
  }
  const templates = reports.map(({ up }) => cloudFormation(up.records))
  const objections = validateTemplates(templates)
  return reports.map((report, index) => {
    const template = templates[index]
    return {
      ...report,
      objections: objections[index] ?? [],
      nag: template === undefined ? { open: [], unused: [] } : judged(report.stage, template),
    }
  })
}

function only(one: Rehearsed, other: Rehearsed): string[] {
  const there = new Set(other.records.map(({ urn }) => urn))
  return one.records.map(({ urn }) => urn).filter((urn) => !there.has(urn))
}

export interface Outcome {
  readonly mutant: Mutant
  /** Those of our rules that report it. */
  readonly caughtBy: readonly string[]
  /** False where cdk-nag should have reported it and did not. */
  readonly nagged: boolean
}

/** Faults in the file of prod that its settings accept. */
export function takenSettings(): string[] {
  const config = { ...stackConfig('prod'), ...accountConfig('prod') }
  const isTaken = (settings: Readonly<Record<string, string>>): boolean => {
    try {
      readSettings('prod', config['aws:region'], (key) => settings[key] ?? config[`chatmrpt:${key}`])
      return true
    } catch (error) {
      if (error instanceof RangeError) return false
      throw error
    }
  }
  return FAULTY_SETTINGS.filter(({ settings }) => isTaken(settings)).map(({ fault }) => fault)
}

/** Puts each fault into a stack, one at a time, and gives what reports it. */
export function runMutants({ stage, up }: StageReport): Outcome[] {
  const before = new Set(findings(viewOf(stage, up.records)).map(({ rule, subject }) => `${rule} ${subject}`))
  return MUTANTS.map((mutant) => ({ mutant, changed: mutant.change(up.records) })).map(({ mutant, changed }) => ({
    mutant,
    nagged:
      mutant.nag === undefined || judged(stage, cloudFormation(changed)).open.some(({ rule }) => rule === mutant.nag),
    caughtBy: [
      ...new Set(
        findings(viewOf(stage, changed))
          .filter(({ rule, subject }) => !before.has(`${rule} ${subject}`))
          .map(({ rule }) => rule),
      ),
    ],
  }))
}
