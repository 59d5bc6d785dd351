import { propertiesOf } from '../rehearsal/provider-schema.ts'
import type { Rule } from './rule.ts'

/** What a value looks like when something was missing and was written out anyway. */
const ACCIDENT = /\bundefined\b|\bNaN\b|\[object |Calling \[toString\]|\bnull:/

export const valueRules: readonly Rule[] = [
  {
    id: 'values.whole',
    title: 'No value is the name of a missing one',
    check: (stack) => stack.all.filter(({ inputs }) => ACCIDENT.test(JSON.stringify(inputs))).map(({ name }) => name),
  },
  {
    id: 'values.schema',
    title: 'A resource is sent nothing that its provider does not know',
    check: (stack) =>
      stack.all
        .filter(({ custom, type }) => custom && /^(aws|random):/.test(type))
        .flatMap(({ type, name, inputs }) => {
          const known = propertiesOf(type)
          if (known === undefined) return [`${type} ${name}: no provider declares it`]
          return Object.keys(inputs)
            .filter((key) => !known.has(key))
            .map((key) => `${name}: ${key}`)
        }),
  },
]
