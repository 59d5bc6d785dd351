/** Words that claim nothing by themselves. They may stand beside references to cells. */
const JOINING = [
  'the a an of in for with and while at by as to whose which that',
  'is are has have it its this these those here also shows show shown',
  'ward wards lga lgas row rows table value values figure figures data result results',
  'column columns indicator indicators',
] as const

/** Words that may stand between the name of a column and its value: "the score of A is 0.8". */
const LINKING = ['of in for the a an is are at : ('] as const

/** Words that say which of two values is the greater one. */
const GREATER = ['higher more greater larger'] as const
const LESS = ['lower less fewer smaller'] as const

/** What may be offered or asked back: nothing in these words speaks of the data. */
const OFFERED = [
  'i you me can may would like want shall should do did let know if',
  'the a an of for by as to or and with about these those them it',
  'ask tell show see draw make map chart list table plan nets export file',
  'download report explain compare run analysis ranking method another next your',
  'which what ward wards lga lgas column columns indicator indicators mean data',
  'question please now again how many there have place one use other',
] as const

/** Sentences without a reference that claim nothing about the data. */
const OPENINGS = [
  /^(?:hello|hi|sure|certainly|of course|ok|okay|thanks|thank you|you are welcome)$/,
  /^here (?:is|are|they are|it is)$/,
  /^(?:here (?:is|are)|these are|this is) (?:the|your) (?:answer|results?|wards?|lgas?|table|figures?|values?)$/,
  /^(?:here (?:is|are)|this is) (?:the|your) (?:list|ranking|map|chart|plan|data)$/,
  /^the (?:answer|results?|wards?|lgas?|table|figures?|values?|list|ranking|map|chart|plan) (?:is|are)(?: here)?$/,
] as const
const OFFER = /^(?:i can|let me know|ask me|tell me|you can (?:ask|download|export|plan|compare)|please (?:tell|ask)) /
const QUESTION =
  /^(?:would you like|do you want|shall i|should i|can i|may i|which|what|how many nets do you have)(?: |$)/

export function isJoining(word: string): boolean {
  return isOneOf(JOINING, word)
}

export function isLinking(word: string): boolean {
  return isOneOf(LINKING, word)
}

/** 1 where the word says that the first of two values is greater, -1 where it is less; null for other words. */
export function comparedBy(word: string): 1 | -1 | null {
  if (isOneOf(GREATER, word)) return 1
  return isOneOf(LESS, word) ? -1 : null
}

/** Whether a sentence without references only greets, introduces, offers or asks back. */
export function isHarmless(words: readonly string[], isQuestion: boolean): boolean {
  const sentence = words.join(' ')
  if (!isQuestion && OPENINGS.some((opening) => opening.test(sentence))) return true
  return (isQuestion ? QUESTION : OFFER).test(sentence) && words.every((word) => isOneOf(OFFERED, word))
}

function isOneOf(lines: readonly string[], word: string): boolean {
  return lines.some((line) => ` ${line} `.includes(` ${word} `))
}
