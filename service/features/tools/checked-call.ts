import { Value } from 'typebox/value'
import { MISSING, missingFor } from '../../domain/chat/needs.ts'
import type { Outline } from '../../domain/chat/outline.ts'
import { TOOLS, type ToolCall, type ToolName } from '../../domain/chat/tools.ts'
import { Fault } from '../../domain/fault.ts'
import { say } from '../../domain/said.ts'
import { schemaRefusals } from '../../domain/schema-refusals.ts'

const MAKE = Symbol('make')

/**
 * A call that was checked. `#call` is the guarantee: outside this file, it can neither be written, cast nor revived
 * from JSON.
 */
class Checked {
  readonly #call: ToolCall

  constructor(make: symbol, call: ToolCall) {
    if (make !== MAKE) throw new Error('Cannot make a checked call by hand')
    this.#call = call
  }

  static call(checked: Checked): ToolCall {
    return checked.#call
  }
}

export type CheckedCall = Checked

/**
 * Checks a choice of a tool, no matter who made it. The tool must exist, its schema must accept the input, and the
 * session must have what the call needs. No schema has a place for an id, so a choice with an id is refused.
 * @param outline of the request's own session, as it is now
 * @throws Fault `invalid-input` when there is no such tool or its schema does not accept the input
 * @throws Fault `no-data` when the session does not have what the call needs
 */
export function checkCall(tool: string, input: unknown, outline: Outline): CheckedCall {
  if (!Object.hasOwn(TOOLS, tool)) throw new Fault('invalid-input', say('no-such-tool', {}))
  const { input: schema } = TOOLS[tool as ToolName]
  if (!Value.Check(schema, input)) {
    const [first] = schemaRefusals(schema, Value.Errors(schema, input))
    const why =
      first === undefined ? '' : say('tool-input-because', { place: first.pointer || 'it', refusal: first.said })
    throw new Fault('invalid-input', say('tool-input-unfit', { tool, why }))
  }
  // A copy, so that the caller cannot change what was checked.
  const call = { tool, input: structuredClone(input) } as ToolCall
  const missing = missingFor(call, outline)
  if (missing !== null) throw new Fault('no-data', say(MISSING[missing], {}))
  return new Checked(MAKE, call)
}

/**
 * The call, to be carried out.
 * @throws TypeError when `checkCall` did not make it
 */
export function callOf(checked: CheckedCall): ToolCall {
  return Checked.call(checked)
}
