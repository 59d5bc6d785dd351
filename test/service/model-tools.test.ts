import t from 'tap'
import { TOOLS } from '../../service/domain/chat/tools.ts'
import { modelTools } from '../../service/features/chat/model-step.ts'

/** A context of 8,192 tokens must hold the tools, the instructions, the names of the data, and a result. */
const MOST_CHARACTERS = 17_000

type Schema = Readonly<Record<string, unknown>>

/** All schemas within one, itself among them. */
function partsOf(schema: Schema): readonly Schema[] {
  const { properties = {}, items, anyOf = [] } = schema
  const inner = [
    ...Object.values(properties as object),
    ...(items === undefined ? [] : [items]),
    ...(anyOf as Schema[]),
  ]
  return [schema, ...inner.flatMap((each) => partsOf(each as Schema))]
}

t.test('a model is told of every tool and of every field of its input, in few characters', async (t) => {
  const tools = modelTools()
  t.strictSame(
    tools.map(({ name }) => name),
    Object.keys(TOOLS),
  )
  for (const { name, input } of tools) {
    const whole = TOOLS[name].input as unknown as { properties: object; required?: readonly string[] }
    const { properties = {}, required } = input as { properties?: object; required?: readonly string[] }
    t.strictSame(Object.keys(properties), Object.keys(whole.properties), `${name}: all fields`)
    t.strictSame(required, whole.required, `${name}: the same ones are required`)
  }
  const sent = JSON.stringify(tools)
  t.comment(`${String(sent.length)} characters`)
  t.ok(sent.length < MOST_CHARACTERS, `${String(sent.length)} characters`)
})

t.test('each part of a tool that is only named is said before it, and no list is without its items', async (t) => {
  const before = new Set<string>()
  const named: string[] = []
  for (const { name, input } of modelTools()) {
    const whole = JSON.stringify(input)
    for (const [, path = ''] of whole.matchAll(/The same as (?:an item of )?([\w.]+)"/g)) named.push(path)
    before.add(name)
    for (const part of partsOf(input as Schema))
      if (part['type'] === 'array') t.not(part['items'], undefined, `${name}: items of a list`)
  }
  t.ok(named.length > 0)
  for (const path of named) t.ok(before.has(path.split('.')[0] ?? ''), path)
})
