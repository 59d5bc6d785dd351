/** A file name as messages show it: the last part of a path, no control characters, at most 80 characters. */
export function shownName(filename: string): string {
  const last = filename.slice(-400).split(/[/\\]/).at(-1) ?? ''
  return last.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').slice(-80) || 'the file'
}
