import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fillPage } from './fill-page.ts'
import type { PageFile } from './pages.ts'

const UI = new URL('../ui/', import.meta.url)
const SAMPLE = new URL('../sample/', import.meta.url)

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.zip': 'application/zip',
}

/**
 * Reads the page once, at the start: `/` is index.html with what it says of files filled in, its styles and modules are under `/ui/`, the sample data under
 * `/sample/`. The map holds all there is to serve, so that no request's path ever reaches the file system.
 * The modules are JavaScript whose types stand in comments: what was reviewed is what is sent, without a build.
 */
export function readPage(): ReadonlyMap<string, PageFile> {
  const page = fileAt(new URL('index.html', UI))
  return new Map([
    ['/', { ...page, body: Buffer.from(fillPage(String(page.body))) }],
    ...served(UI, ['.css', '.js']).map((name) => [`/ui/${name}`, fileAt(new URL(name, UI))] as const),
    ...served(SAMPLE, ['.csv', '.zip']).map((name) => [`/sample/${name}`, fileAt(new URL(name, SAMPLE))] as const),
  ])
}

function served(folder: URL, endings: readonly string[]): string[] {
  return readdirSync(folder)
    .filter((name) => endings.includes(path.extname(name)))
    .sort()
}

function fileAt(file: URL): PageFile {
  const type = TYPES[path.extname(file.pathname)]
  if (type === undefined) throw new Error(`Cannot serve ${file.pathname}: its ending has no media type`)
  return { type, body: readFileSync(file) }
}
