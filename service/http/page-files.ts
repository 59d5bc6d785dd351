import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Encoding } from './choose-encoding.ts'

/** What the build wrote of the page: the manifest `page.json`. */
export interface BuiltPage {
  /** The path of the style sheet. */
  readonly styles: string
  readonly files: readonly PageEntry[]
}

export interface PageEntry {
  /** What it is served at. */
  readonly path: string
  /** Where it lies, relative to the manifest; its encoded forms lie beside it, by `.br` and `.gzip`. */
  readonly file: string
  /** Whether its path names its content. */
  readonly isImmutable: boolean
  readonly encodings: readonly Encoding[]
}

export interface Page {
  readonly styles: string
  /** By the path it is served at. */
  readonly files: ReadonlyMap<string, PageFile>
}

export interface PageFile {
  readonly type: string
  readonly isImmutable: boolean
  readonly plain: Buffer
  readonly encoded: ReadonlyMap<Encoding, Buffer>
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.png': 'image/png',
  '.zip': 'application/zip',
}

/** Where the build puts the page; the service that runs from its sources serves what was built last. */
const BUILT = new URL(import.meta.url.endsWith('.ts') ? '../../dist/page/' : './page/', import.meta.url)

/**
 * Reads the page once, at the start: `/` is index.html, `/fr` the same in French, its styles and modules are under
 * `/ui/`, the guide is `/guide` with its pictures below it, the sample data are under `/sample/`. The map holds all
 * there is to serve, so that no request's path ever reaches the file system.
 * @throws Error when there is no build, or it holds a file without a media type
 */
export function readPage(folder: URL = BUILT): Page {
  const { styles, files } = JSON.parse(readFileSync(new URL('page.json', folder), 'utf8')) as BuiltPage
  return { styles, files: new Map(files.map((entry) => [entry.path, fileOf(folder, entry)])) }
}

function fileOf(folder: URL, { file, isImmutable, encodings }: PageEntry): PageFile {
  const type = TYPES[path.extname(file)]
  if (type === undefined) throw new Error(`Cannot serve ${file}: its ending has no media type`)
  return {
    type,
    isImmutable,
    plain: readFileSync(new URL(file, folder)),
    encoded: new Map(encodings.map((encoding) => [encoding, readFileSync(new URL(`${file}.${encoding}`, folder))])),
  }
}
