/** A replacement character, or UTF-8 read as Windows-1252 or Latin-1: `Ã©` for é, `â€™` for ’, `â‰¥` for ≥. */
const BROKEN = /\uFFFD|[ÂÃ][\u0080-\u00BF]|â(?:€|‰|\u0080|\u0089)/u

/** Whether a text shows the marks of having been read in the wrong encoding before it came here. */
export function isBroken(text: string): boolean {
  return BROKEN.test(text)
}
