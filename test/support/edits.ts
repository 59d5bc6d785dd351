import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** One change of a file's text, which fits in any folder and any layout. */
export interface Edit {
  /** The end of the file's path: its name, with its folder's name where two files share it. */
  readonly file: string
  readonly before: string
  readonly after: string
}

/**
 * Reads the edits of an `.edit` file: a line `@@ FILE`, then lines that begin with `-` (the text before)
 * and lines that begin with `+` (the text after). Several edits follow each other.
 * @throws Error when a line begins with anything else
 */
export function readEdits(text: string): Edit[] {
  return text
    .split(/^@@ /m)
    .slice(1)
    .map((part) => {
      const [file = '', ...lines] = part.replace(/\n+$/, '').split('\n')
      const wrong = lines.find((line) => line !== '' && !/^[-+]/.test(line))
      if (wrong !== undefined)
        throw new Error(`Cannot read an edit of ${file}: the line "${wrong}" begins with no sign`)
      const side = (sign: string): string =>
        lines
          .filter((line) => line.startsWith(sign))
          .map((line) => line.slice(1))
          .join('\n')
      return { file: file.trim(), before: side('-'), after: side('+') }
    })
}

/**
 * Carries out edits in the TypeScript files below `folders`. White space and trailing commas do not count when the
 * text before is looked for, so that neither formatting nor a move of the file breaks an edit.
 * @throws Error when a file or the text before is not there, or is there twice
 */
export function applyEdits(root: string, folders: readonly string[], edits: readonly Edit[]): void {
  for (const { file, before, after } of edits) {
    const found = globSync(
      folders.map((folder) => `${folder}/**/*.ts`),
      { cwd: root },
    ).filter((path) => `/${path}`.endsWith(`/${file}`))
    const [path] = found
    if (path === undefined || found.length > 1)
      throw new Error(`Cannot edit ${file}: ${found.length} files have this name`)
    const text = readFileSync(join(root, path), 'utf8')
    writeFileSync(join(root, path), replaceOnce(text, before, after, path))
  }
}

function replaceOnce(text: string, before: string, after: string, path: string): string {
  const whole = withoutLayout(text)
  const part = withoutLayout(before).signs
  const at = whole.signs.indexOf(part)
  if (part === '' || at === -1) throw new Error(`Cannot edit ${path}: it does not hold\n${before}`)
  if (whole.signs.includes(part, at + 1)) throw new Error(`Cannot edit ${path}: it holds twice\n${before}`)
  const from = whole.places[at] ?? 0
  const to = (whole.places[at + part.length - 1] ?? 0) + 1
  return text.slice(0, from) + after + text.slice(to)
}

/** The characters of a text that are not layout, and the place of each. */
function withoutLayout(text: string): { signs: string; places: number[] } {
  const places: number[] = []
  let signs = ''
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at)
    if (/\s/.test(sign)) continue
    // The formatter decides about a comma right before a closing bracket.
    if (/[)\]}]/.test(sign) && signs.endsWith(',')) {
      signs = signs.slice(0, -1)
      places.pop()
    }
    signs += sign
    places.push(at)
  }
  return { signs, places }
}
