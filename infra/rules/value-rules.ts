import type { Rule } from './rule.ts'

/** What a value looks like when something was missing and was written out all the same. */
const ACCIDENT = /\bundefined\b|\bNaN\b|\[object |Calling \[toString\]|\bnull:/

export const valueRules: readonly Rule[] = [
  {
    id: 'values.whole',
    title: 'No value is the name of a missing one',
    check: (stack) => stack.all.filter(({ inputs }) => ACCIDENT.test(JSON.stringify(inputs))).map(({ name }) => name),
  },
]
