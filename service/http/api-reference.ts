interface OpenApi {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

interface Operation {
  readonly summary?: string
  readonly tags?: readonly string[]
  readonly parameters?: readonly {
    readonly name: string
    readonly in: string
    readonly required?: boolean
    readonly schema?: unknown
  }[]
  readonly requestBody?: { readonly content?: { readonly 'application/json'?: { readonly schema?: unknown } } }
  readonly responses?: Readonly<
    Record<string, { readonly content?: { readonly 'application/json'?: { readonly schema?: unknown } } }>
  >
}

/**
 * The API reference as one page of HTML, written from the service's own description, so that the two cannot differ.
 * Needs no script, since the content policy would refuse one from elsewhere.
 * @param styles the path of the page's style sheet
 */
export function apiReference(description: unknown, styles: string): string {
  const { info, paths } = description as OpenApi
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  const tags = [...new Set(operations.map(({ operation }) => operation.tags?.[0] ?? 'api'))]
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escape(info.title)} API</title>
<link rel="stylesheet" href="${escape(styles)}">
</head>
<body><main class="wrap">
<h1>${escape(info.title)} API ${escape(info.version)}</h1>
<p>${escape(info.description ?? '')} The same for machines: <a href="/openapi.json">openapi.json</a>.
Errors are <code>application/problem+json</code>; the last part of their <code>type</code> names the problem.</p>
${tags
  .map(
    (tag) => `<section><h2>${escape(tag)}</h2>
${operations
  .filter(({ operation }) => (operation.tags?.[0] ?? 'api') === tag)
  .map(section)
  .join('\n')}
</section>`,
  )
  .join('\n')}
</main></body></html>
`
}

function section({ path, method, operation }: { path: string; method: string; operation: Operation }): string {
  const { summary = '', parameters = [], requestBody, responses = {} } = operation
  const schema = requestBody?.content?.['application/json']?.schema
  const reply = Object.values(responses)
    .map(({ content }) => content?.['application/json']?.schema)
    .find((found) => found !== undefined)
  const rows = parameters.map((parameter) => {
    const required = parameter.required === true ? ', required' : ''
    const shape = escape(JSON.stringify(parameter.schema ?? {}))
    return `<li><code>${escape(parameter.name)}</code> in ${escape(parameter.in)}${required} <code>${shape}</code></li>`
  })
  return `<article><h3><code>${method} ${escape(path)}</code></h3><p>${escape(summary)}</p>
${rows.length > 0 ? `<ul>${rows.join('')}</ul>` : ''}
${shownSchema('Body', schema)}${shownSchema('Reply', reply)}
<p class="quiet">Answers ${escape(Object.keys(responses).join(', '))}</p></article>`
}

function shownSchema(title: string, schema: unknown): string {
  return schema === undefined
    ? ''
    : `<details><summary>${title}</summary><pre>${escape(JSON.stringify(schema, null, 2))}</pre></details>`
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
