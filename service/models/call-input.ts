const DEEPEST = 64

/**
 * A call's input as the model wrote it. Input that is not JSON, or is nested deeper than any tool's, stays text, and
 * the tool's own schema refuses it.
 */
export function callInput(text: string): unknown {
  if (text === '') return {}
  // The input goes back to the model in its next step, and is then written level by level.
  if (isNestedDeeper(text)) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function isNestedDeeper(text: string): boolean {
  let depth = 0
  for (const sign of text) {
    if (sign === '[' || sign === '{') depth += 1
    else if (sign === ']' || sign === '}') depth -= 1
    if (depth > DEEPEST) return true
  }
  return false
}
