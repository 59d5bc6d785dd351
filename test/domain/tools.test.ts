import { readFileSync } from 'node:fs'
import t from 'tap'
import { Value } from 'typebox/value'
import { interpret } from '../../service/domain/chat/interpret.ts'
import { missingFor } from '../../service/domain/chat/needs.ts'
import { needsOf, TOOL_NAMES, TOOLS, type ToolCall } from '../../service/domain/chat/tools.ts'
import { PlanOptions } from '../../service/domain/plan/plan-options.ts'
import { PLAN_DEFAULTS, PLAN_NUMBERS } from '../../service/domain/plan/plan-limits.ts'
import { OUTLINES } from './questions.ts'

const PLAN: ToolCall = { tool: 'plan_nets', input: { totalNets: 20_000 } }

t.test('the rules choose each tool for its own example, in a session that has everything', async (t) => {
  const outline = { ...OUTLINES.ready, plan: { datasetVersion: 1, options: PLAN.input, stale: false } }
  for (const name of TOOL_NAMES) {
    const { example } = TOOLS[name]
    const previous = name === 'change_plan' ? [{ message: 'Plan 20,000 nets', call: PLAN }] : []
    const meaning = interpret(example, outline, previous)
    if (meaning.kind !== 'call') t.fail(`${example}: ${JSON.stringify(meaning)}`)
    else {
      t.equal(meaning.call.tool, name, example)
      t.ok(Value.Check(TOOLS[name].input, meaning.call.input), example)
      t.equal(missingFor(meaning.call, outline), null, example)
    }
  }
})

t.test('needsOf() tells what a session must have for a call with its input', async (t) => {
  t.strictSame(needsOf({ tool: 'show_map', input: {} }), ['data', 'boundaries', 'analysis'])
  t.strictSame(needsOf({ tool: 'show_map', input: { variable: 'rainfall' } }), ['data', 'boundaries'])
  t.strictSame(needsOf({ tool: 'export_result', input: { kind: 'itn_plan.csv' } }), ['data', 'analysis', 'plan'])
  t.strictSame(needsOf({ tool: 'explain_method', input: {} }), [])
})

t.test('docs/chat.md has each tool with its example', async (t) => {
  const rows = readFileSync(new URL('../../docs/chat.md', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|'))
  for (const name of TOOL_NAMES)
    t.ok(
      rows.some((row) => row.includes(`\`${name}\``) && row.includes(TOOLS[name].example)),
      `${name}: ${TOOLS[name].example}`,
    )
})

t.test("a plan's options say in words what their schema takes, and the schema takes their defaults", async (t) => {
  for (const [name, { minimum, maximum, title }] of Object.entries(PLAN_NUMBERS)) {
    t.ok(title.includes(` ${minimum} to ${maximum.toLocaleString('en')}`), `${name}: ${title}`)
    t.match(PlanOptions.properties[name as keyof typeof PLAN_NUMBERS], { minimum, maximum, title })
  }
  t.ok(Value.Check(PlanOptions, { totalNets: 0, ...PLAN_DEFAULTS }))
})
