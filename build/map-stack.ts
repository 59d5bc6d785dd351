import { existsSync, readFileSync } from 'node:fs'
import { SourceMap, type SourceMapPayload } from 'node:module'
import { join, posix } from 'node:path'
import { DIST } from './dist-folders.ts'

/**
 * A place in a built file, as V8 writes it into a stack: an address or path that ends with `dist/FILE.js:LINE:COLUMN`.
 */
const PLACE = /(?:file:\/\/)?[^\s()"]*?\bdist\/((?:(?:main|work)\/)?[\w-]+\.js):(\d+):(\d+)/g

/** Turns places in built files into places in the sources. */
export interface StackMapper {
  /**
   * @returns the text with every place that a map knows replaced by `service/…:LINE:COLUMN`; other places stay
   * unchanged
   */
  map(text: string): string
}

/** @param maps the folder with the source maps of the same build */
export function stackMapper(maps: string): StackMapper {
  const read = new Map<string, SourceMap | null>()
  const mapOf = (file: string): SourceMap | null => {
    const path = join(maps, `${file}.map`)
    const found =
      read.get(file) ??
      (existsSync(path) ? new SourceMap(JSON.parse(readFileSync(path, 'utf8')) as SourceMapPayload) : null)
    read.set(file, found)
    return found
  }
  return {
    map: (text) =>
      text.replaceAll(PLACE, (place, file: string, line: string, column: string) => {
        // A stack counts lines and columns from one, a map from zero.
        const entry = mapOf(file)?.findEntry(Number(line) - 1, Number(column) - 1)
        // Past the end of the file, the nearest entry is returned.
        if (entry === undefined || !('originalSource' in entry) || entry.generatedLine !== Number(line) - 1)
          return place
        const source = posix.join(DIST, posix.dirname(file), entry.originalSource)
        return `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`
      }),
  }
}

/**
 * One line of a log, mapped: a line of JSON that holds stacks becomes its message and its stacks, each on lines of its
 * own. Other lines stay single lines.
 */
export function traceLine(line: string, mapper: StackMapper): string {
  const stacks = stacksIn(parsed(line))
  if (stacks.length === 0) return mapper.map(line)
  const { msg, reqId } = parsed(line) as Record<string, unknown>
  const head = [msg, reqId].filter((part) => typeof part === 'string').join(' ')
  return [...(head === '' ? [] : [head]), ...stacks.map((stack) => mapper.map(stack))].join('\n')
}

function parsed(line: string): unknown {
  try {
    return line.startsWith('{') ? JSON.parse(line) : undefined
  } catch {
    return undefined
  }
}

/** Every text in a value that is a stack, outermost first. */
function stacksIn(value: unknown): string[] {
  if (typeof value === 'string') return /\n\s+at /.test(value) ? [value] : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stacksIn) : []
}
