/** A replacement character, or UTF-8 read as Windows-1252 or Latin-1: `Ã©` for é, `â€™` for ’, `â‰¥` for ≥. */
const BROKEN = /\uFFFD|[ÂÃ][\u0080-\u00BF]|â(?:€|‰|\u0080|\u0089)/u

/** Whether a text looks as if another program had read it in the wrong encoding. */
export function isBroken(text: string): boolean {
  return BROKEN.test(text)
}
