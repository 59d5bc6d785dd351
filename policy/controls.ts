import { PolicyPack, type Policies, type PolicyResource } from '@pulumi/policy'
import type { Recorded } from '../infra/rehearsal/record.ts'
import { RULES } from '../infra/rules/all.ts'
import { exceptionFor } from '../infra/rules/exceptions.ts'
import { viewOf } from '../infra/rules/rule.ts'
import type { Stage } from '../infra/settings.ts'

/** AWS's controls have the names of Security Hub; the other rules are about tokens and belong to the rehearsal. */
const CONTROL = /^[A-Z][A-Za-z0-9]*\.\d+$/

/**
 * The controls as a Pulumi policy pack, for `pulumi preview --policy-pack policy` and `pulumi up --policy-pack policy`.
 * A rule checks what was asked of a resource, so inputs are kept as they pass and joined with AWS's answer.
 */
function controls(): PolicyPack {
  const inputs = new Map<string, Recorded['inputs']>()
  const recorded = ({ urn, type, name, props, opts, parent, dependencies }: PolicyResource): Recorded => ({
    urn,
    type,
    name,
    parent: parent?.urn ?? '',
    custom: !type.startsWith('chatmrpt:') && !type.startsWith('awsx:') && !type.startsWith('pulumi:'),
    remote: false,
    inputs: inputs.get(urn) ?? props,
    secretInputs: [],
    dependsOn: dependencies.map((each) => each.urn),
    protect: opts.protect,
    ignoreChanges: opts.ignoreChanges,
    retainOnDelete: false,
    id: String(props['id'] ?? ''),
    outputs: props,
  })
  const keep: Policies[number] = {
    name: 'inputs',
    description: 'Keeps what each resource is asked to be, for the controls below',
    enforcementLevel: 'advisory',
    validateResource: ({ urn, props }) => {
      inputs.set(urn, props)
    },
  }
  return new PolicyPack('chatmrpt-controls', {
    policies: [
      keep,
      ...RULES.filter(({ id }) => CONTROL.test(id)).map((rule): Policies[number] => ({
        name: rule.id.replace('.', '-'),
        description: `${rule.id}: ${rule.title}`,
        enforcementLevel: 'mandatory',
        validateStack: ({ resources }, report) => {
          const all = resources.map(recorded)
          const stage = /^urn:pulumi:(\w+)::/.exec(all[0]?.urn ?? '')?.[1] as Stage
          for (const subject of rule.check(viewOf(stage, all)))
            if (exceptionFor(rule.id, subject, stage) === undefined)
              report(subject, all.find(({ name }) => name === subject)?.urn)
        },
      })),
    ],
  })
}

controls()
