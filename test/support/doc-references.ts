/** The names in one page of documentation that can be looked up in the repository. */
export interface DocReferences {
  /** Words of code spans and code blocks that look like a path: `service/app.ts`, `stores/`, `test/mutants/*.edit`. */
  readonly paths: readonly string[]
  /** Scripts of package.json: `check` for `npm run check`, `test` for `npm test`. */
  readonly scripts: readonly string[]
  /** Targets of links that stay in the repository. */
  readonly links: readonly string[]
}

/** Endings of files that people write here. Data files such as `rankings.csv` belong to the service's users. */
const SOURCE = /\.(?:ts|js|sh|md|edit|patch|ya?ml|svg)$/
const PATH = /^[\w.@*-]+(?:\/[\w.@*-]+)*\/?$/
const URL_SCHEME = /^[a-z]+:/

/** Reads the names in a page of Markdown. */
export function readReferences(markdown: string): DocReferences {
  const code = [...markdown.matchAll(/^```.*\n([\s\S]*?)^```|`([^`\n]+)`/gm)].map(
    ([, block, span]) => block ?? span ?? '',
  )
  const words = code
    // What is named by this option lies in the cloud.
    .flatMap((text) => text.replace(/--resource-id \S+/g, '').split(/[\s"'=(),;]+/))
    .map((word) => word.replace(/^\.\//, '').replace(/[.:]$/, ''))
  const scripts = [...markdown.matchAll(/\bnpm (?:run ([\w:-]+)|(test|start)\b)/g)]
  const prose = markdown.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]+`/g, '`')
  const targets = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target)
  return {
    paths: unique(words.filter((word) => PATH.test(word) && (SOURCE.test(word) || word.includes('/')))),
    scripts: unique(scripts.map(([, named, plain]) => named ?? plain ?? '')),
    links: unique(targets.filter((target) => !URL_SCHEME.test(target) && !target.startsWith('/'))),
  }
}

/**
 * Whether a path of a page leads to something. A path that begins with a folder of the root must exist as a whole. Any
 * other path may be the end of one, since a page may say `app.ts` or `stores/`. Without a source file's ending and
 * without a slash at its end, it is something else: a package, a media type, a command.
 * @param files every file of the repository, as a path from its root
 */
export function isThere(path: string, files: readonly string[]): boolean {
  const isFolder = path.endsWith('/')
  const bare = path.replace(/\/$/, '')
  const pattern = bare.replaceAll('.', '\\.').replaceAll('*', '[^/]*')
  const [root = ''] = bare.split('/')
  const isWhole = path.includes('/') && files.some((file) => file.startsWith(`${root}/`))
  if (!isWhole && !isFolder && !SOURCE.test(path)) return true
  const match = new RegExp(`${isWhole ? '^' : '(?:^|/)'}${pattern}${isFolder ? '/' : '(?:/|$)'}`)
  return files.some((file) => match.test(file))
}

/** The anchors of a page's headings, as GitHub makes them. */
export function readAnchors(markdown: string): string[] {
  const headings = markdown.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.+)$/gm)
  return [...headings].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

const unique = (values: readonly string[]): string[] => [...new Set(values)]
