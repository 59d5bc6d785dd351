const DEEPEST = 64

/** A call's input as the model wrote it: what is no JSON, or nested as no tool's is, stays text, for the tool's own schema to refuse. */
export function callInput(text: string): unknown {
  if (text === '') return {}
  // What is told to the model again is written anew, level by level.
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
