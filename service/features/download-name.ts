import type { Workspace } from '../stores/workspace.ts'
import { readyFiles, usedFiles } from './current-files.ts'

/** What a file's name says of its format and role, and nothing of the area. */
const PLAIN_WORDS: ReadonlySet<string> = new Set(['wards', 'ward', 'table', 'data', 'dataset', 'facilities', 'reports'])
const MOST_LETTERS = 40

/**
 * The name under which a file is downloaded: `kano_rankings_2026-11-29.csv`. The area is what the name of the uploaded
 * table says beside words such as `wards`; a name that says nothing gives `rankings_2026-11-29.csv`.
 * @param kind such as `rankings.csv`
 * @param at milliseconds since 1970; the date is that of UTC
 */
export function downloadName(kind: string, workspace: Pick<Workspace, 'files'>, at: number): string {
  const [table] = [...usedFiles(workspace, 'wards'), ...readyFiles(workspace, 'facilities')]
  const area = lettersOf(table?.filename ?? '')
    .filter((word) => !PLAIN_WORDS.has(word.toLowerCase()))
    .join('-')
    .slice(0, MOST_LETTERS)
  const [stem = '', ending = ''] = kind.split('.')
  return `${[...(area === '' ? [] : [area]), stem, dateOf(at)].join('_')}.${ending}`
}

/** The beginning of a file's name in letters that every system takes; '' where it has none. */
export function plainName(filename: string): string {
  return lettersOf(filename).join('-').slice(0, MOST_LETTERS)
}

/** Such as `2026-11-29`, in UTC. */
export function dateOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}

function lettersOf(filename: string): readonly string[] {
  return filename.replace(/\.[^.]*$/, '').match(/[A-Za-z0-9]+/g) ?? []
}
