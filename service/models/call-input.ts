/** A call's input as the model wrote it: what is no JSON stays text, for the tool's own schema to refuse. */
export function callInput(text: string): unknown {
  if (text === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
