import type { Outline } from '../../domain/chat/outline.ts'
import { likestOf } from '../../domain/chat/question/suggest-names.ts'
import { TOOL_NAMES, TOOLS, type ToolName } from '../../domain/chat/tools.ts'
import type { ModelCall } from '../../models/model.ts'
import { checkCall, type CheckedCall } from '../tools/checked-call.ts'
import { mendInput, plainToolName } from '../tools/mend-input.ts'

const MOST_NAMES = 5

/**
 * A model's choice of a tool, with harmless differences from the tool's schema taken away.
 * @throws Fault as `checkCall` does
 */
export function checkModelCall({ name, input }: ModelCall, outline: Outline): CheckedCall {
  const tool = plainToolName(name)
  return checkCall(tool, isTool(tool) ? mendInput(TOOLS[tool].input, input) : input, outline)
}

/** What a model can choose instead of a call that could not be carried out: tools, or names like those it gave. */
export function choicesFor({ name, input }: ModelCall, { dataset }: Outline): string {
  if (!isTool(plainToolName(name))) return `The tools are ${TOOL_NAMES.join(', ')}.`
  const names =
    dataset === null ? [] : [...dataset.columns.map((column) => column.name), ...dataset.lgas, ...dataset.wards]
  const known = new Set(names)
  const likest = likestOf(names, (one) => one.toLowerCase())
  return textsIn(input)
    .filter((text) => !known.has(text))
    .slice(0, MOST_NAMES)
    .flatMap((text) => {
      const alike = likest(text)
      return alike.length === 0 ? [] : [`Names like ${JSON.stringify(text)}: ${JSON.stringify(alike)}.`]
    })
    .join(' ')
}

function isTool(name: string): name is ToolName {
  return Object.hasOwn(TOOLS, name)
}

/** The texts of an input that may be names. */
function textsIn(input: unknown, depth = 0): string[] {
  if (typeof input === 'string') return input.length <= 200 ? [input] : []
  if (typeof input !== 'object' || input === null || depth > 4) return []
  return Object.values(input).flatMap((inner) => textsIn(inner, depth + 1))
}
