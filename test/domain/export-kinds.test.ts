import { readFileSync } from 'node:fs'
import t from 'tap'
import { interpret } from '../../service/domain/chat/interpret.ts'
import { EXPORT_KINDS, EXPORTS, kindsByPlan } from '../../service/domain/exports/kinds.ts'
import { OUTLINES } from './questions.ts'

t.test('each file is asked for by its own message, and all are offered when none is named', async (t) => {
  for (const kind of EXPORT_KINDS)
    t.match(interpret(EXPORTS[kind].request, OUTLINES.ready), {
      kind: 'call',
      call: { tool: 'export_result', input: { kind } },
    })
  t.match(interpret('export it', OUTLINES.ready), {
    kind: 'clarify',
    options: EXPORT_KINDS.map((kind) => EXPORTS[kind].request),
  })
})

t.test('a file made from a plan is not made before there is a plan', async (t) => {
  t.strictSame(kindsByPlan('required'), ['itn_plan.csv', 'itn_plan.xlsx'])
  for (const kind of EXPORT_KINDS)
    t.equal(
      interpret(EXPORTS[kind].request, OUTLINES.noPlan).kind,
      EXPORTS[kind].plan === 'required' ? 'clarify' : 'call',
      kind,
    )
})

t.test('a message that fits two files gets the one that its most telling words name', async (t) => {
  for (const [message, kind] of [
    ['export the map as json', 'analysis_results.json'],
    ['download the report of the plan', 'report.html'],
    ['download the ranked plan as csv', 'itn_plan.csv'],
    ['export the planned stock as csv', 'itn_plan.csv'],
    ['the rankings as an excel file please, to download', 'rankings.xlsx'],
    ['download rankings.xlsx', 'rankings.xlsx'],
    ['export the ranked plan as xlsx', 'itn_plan.xlsx'],
    ['download itn_plan.xlsx', 'itn_plan.xlsx'],
    ['export the map of the wards as geojson', 'map.geojson'],
  ] as const)
    t.match(interpret(message, OUTLINES.ready), { call: { tool: 'export_result', input: { kind } } }, message)
  const told = EXPORT_KINDS.flatMap((kind) => EXPORTS[kind].words.map(({ tells }) => tells))
  t.equal(new Set(told).size, told.length, 'no two words tell equally much')
})

t.test('the tables of exports and formats load a maker or reader only when it is asked for', async (t) => {
  for (const file of ['exports/kinds.ts', 'files/formats.ts']) {
    const source = readFileSync(new URL(`../../service/domain/${file}`, import.meta.url), 'utf8')
    t.match(source, /await import\('/, `${file} loads them when they are asked for`)
    // The names of roles are plain words.
    t.notMatch(
      source,
      /^import (?!type )[^']*'(?!\.\/reading\/roles\.ts)|^export .* from /m,
      `${file} imports no maker or reader`,
    )
  }
})
