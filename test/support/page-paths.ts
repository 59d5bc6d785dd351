import { readPage } from '../../service/http/page-files.ts'

/**
 * Where the script and the styles of the page that was built last are served: their names change with their content.
 */
export function pagePaths(): { readonly script: string; readonly styles: string } {
  const { styles, files } = readPage()
  const script = [...files.keys()].find((path) => path.endsWith('.js'))
  if (script === undefined) throw new Error('The page that was built has no script')
  return { script, styles }
}
