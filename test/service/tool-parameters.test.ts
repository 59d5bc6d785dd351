import { Type } from 'typebox'
import t from 'tap'
import { TOOL_NAMES, TOOLS } from '../../service/domain/chat/tools.ts'
import { ChartSchema } from '../../service/domain/chart/chart-options.ts'
import { toolParameters } from '../../service/models/tool-parameters.ts'

t.test('toolParameters() makes an object of a choice of objects', async (t) => {
  const closed = { additionalProperties: false }
  const either = Type.Union([
    Type.Object({ kind: Type.Literal('a'), x: Type.String(), y: Type.Optional(Type.Number()) }, closed),
    Type.Object({ kind: Type.Literal('b'), x: Type.String() }, closed),
  ])
  t.strictSame(toolParameters(either), {
    type: 'object',
    properties: {
      kind: {
        anyOf: [
          { type: 'string', const: 'a' },
          { type: 'string', const: 'b' },
        ],
      },
      x: { type: 'string' },
      y: { type: 'number' },
    },
    required: ['kind', 'x'],
    additionalProperties: false,
  })
  t.match(toolParameters(ChartSchema), { type: 'object', required: ['kind'], additionalProperties: false })
})

t.test('toolParameters() leaves an object as it is, and no tool has a choice at its top', async (t) => {
  for (const name of TOOL_NAMES) {
    const given = toolParameters(TOOLS[name].input) as { type: string }
    t.match(given, { type: 'object' }, name)
    t.notOk(
      ['anyOf', 'oneOf', 'allOf', 'not', 'enum'].some((word) => Object.hasOwn(given, word)),
      name,
    )
  }
  const rank = TOOLS.rank_wards.input
  t.strictSame(toolParameters(rank), JSON.parse(JSON.stringify(rank)))
})
