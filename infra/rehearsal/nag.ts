import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App, Stack } from 'aws-cdk-lib'
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include'
import { AwsSolutionsChecks } from 'cdk-nag'
import { NAG_EXCEPTIONS } from '../rules/exceptions.ts'
import type { Stage } from '../settings.ts'
import { logicalId, type Template } from './cloudformation.ts'

/** What cdk-nag objects to: its rule, as `AwsSolutions-EC23`, and the resource's name in the template. */
export interface NagFinding {
  readonly rule: string
  readonly resource: string
  readonly what: string
}

/**
 * Runs cdk-nag's AwsSolutions pack over a template; nothing is fetched. A rule that cannot be evaluated counts as a
 * finding.
 */
function nag(template: Template): NagFinding[] {
  const folder = mkdtempSync(join(tmpdir(), 'chatmrpt-nag-'))
  try {
    const templateFile = join(folder, 'template.json')
    writeFileSync(templateFile, JSON.stringify(template))
    const app = new App({ outdir: join(folder, 'out'), analyticsReporting: false })
    const stack = new Stack(app, 'stack')
    new CfnInclude(stack, 'template', { templateFile })
    return new AwsSolutionsChecks(app, { verbose: true })
      .validateScope(stack)
      .violations.flatMap(({ ruleName, description, violatingResources }) =>
        violatingResources.map(({ constructPath = '' }) => ({
          rule: ruleName,
          resource: constructPath.slice(constructPath.lastIndexOf('/') + 1),
          what: description,
        })),
      )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** What cdk-nag finds in a template and has no written exception, and the exceptions that nothing in it needs. */
export function judged(stage: Stage, template: Template): { readonly open: NagFinding[]; readonly unused: string[] } {
  const findings = nag(template)
  const line = (rule: string, resource: string): string => `${rule} ${resource}`
  const idOf = ([kind, part]: readonly [kind: string, part: string]): string =>
    logicalId({ kind, name: `chatmrpt-${stage}${part}` })
  const accepted = new Set(
    NAG_EXCEPTIONS.filter(({ where }) => where === undefined || idOf(where) in template.Resources).flatMap(
      ({ rule, resources, optional }) =>
        resources
          .map(idOf)
          .filter((resource) => optional === undefined || resource in template.Resources)
          .map((resource) => line(rule.replace('STAGE', stage), resource)),
    ),
  )
  const found = new Set(findings.map(({ rule, resource }) => line(rule, resource)))
  return {
    open: findings.filter(({ rule, resource }) => !accepted.has(line(rule, resource))),
    unused: [...accepted].filter((each) => !found.has(each)),
  }
}
