import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Marked } from 'marked'
import { GUIDE, GUIDE_PICTURES } from './guide-files.ts'

/**
 * The guide for analysts as a page: Markdown of our own, made into HTML once, with no script and no style of its own.
 * Its pictures are served beside it; a link to a heading works as it does in the source.
 * @param styles the path of the page's style sheet
 */
export async function makeGuide(root: string, styles: string): Promise<string> {
  const markdown = await readFile(join(root, GUIDE), 'utf8')
  const title = /^# (.+)$/m.exec(markdown)?.[1]
  if (title === undefined) throw new Error(`Cannot build the guide: ${GUIDE} has no heading`)
  const marked = new Marked({
    gfm: true,
    renderer: {
      heading({ tokens, depth, text }) {
        return `<h${String(depth)} id="${anchorOf(text)}">${this.parser.parseInline(tokens)}</h${String(depth)}>\n`
      },
      image({ href, text }) {
        return `<img src="${pictureOf(href)}" alt="${escapeText(text)}" width="1366" height="768" loading="lazy">`
      },
    },
  })
  const body = await marked.parse(markdown)
  return `<!doctype html>
<html lang="en-GB">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${escapeText(title)}</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="${styles}" />
  </head>
  <body class="guide">
    <main class="wrap">
      <p><a href="/">Back to the workbench</a></p>
${body}
    </main>
  </body>
</html>
`
}

/** Where a picture of the source is served. */
function pictureOf(href: string): string {
  const name = /^images\/guide\/([a-z-]+\.png)$/.exec(href)?.[1]
  if (name === undefined) throw new Error(`Cannot build the guide: ${href} is not a picture of ${GUIDE_PICTURES}`)
  return `/guide/${name}`
}

function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-')
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
