import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** One change of a file's text, which fits in any folder and any layout; or a file that is added. */
export interface Edit {
  /** The end of the file's path: its name, with its folder's name where two files share it. Whole for an added file. */
  readonly file: string
  /** Null where the file is added. */
  readonly before: string | null
  readonly after: string
}

/**
 * Reads the edits of an `.edit` file: a line `@@ FILE`, then lines that begin with `-` (the text before)
 * and lines that begin with `+` (the text after). `@@ + PATH` adds a file. Several edits follow each other.
 * @throws Error when a line begins with anything else, or an added file has a text before
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
      const added = /^\+ (.+)$/.exec(file)?.[1]
      if (added === undefined) return { file: file.trim(), before: side('-'), after: side('+') }
      if (side('-') !== '') throw new Error(`Cannot read an edit of ${added}: it is added and has a text before`)
      return { file: added.trim(), before: null, after: `${side('+')}\n` }
    })
}

/**
 * Carries out edits in the source files below `folders`. White space and trailing commas do not count when the
 * text before is looked for, so that neither formatting nor a move of the file breaks an edit.
 * @returns the paths of the files that were changed or added, each once
 * @throws Error when a file or the text before is not there, or is there twice, or a file that is to be added is there
 */
export function applyEdits(root: string, folders: readonly string[], edits: readonly Edit[]): readonly string[] {
  const touched = new Set<string>()
  for (const { file, before, after } of edits) {
    if (before === null) {
      mkdirSync(dirname(join(root, file)), { recursive: true })
      writeFileSync(join(root, file), after, { flag: 'wx' })
      touched.add(file)
      continue
    }
    const path = pathOf(root, folders, file)
    const text = readFileSync(join(root, path), 'utf8')
    writeFileSync(join(root, path), replaceOnce(text, before, after, path))
    touched.add(path)
  }
  return [...touched]
}

function pathOf(root: string, folders: readonly string[], file: string): string {
  const found = globSync(
    folders.map((folder) => `${folder}/**/*.{ts,js,md}`),
    { cwd: root },
  ).filter((path) => `/${path}`.endsWith(`/${file}`))
  const [path] = found
  if (path === undefined || found.length > 1)
    throw new Error(`Cannot edit ${file}: ${found.length} files have this name`)
  return path
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
