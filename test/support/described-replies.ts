import type { Test } from 'tap'
import type { TSchema } from 'typebox'
import { Check, Errors } from 'typebox/value'
import type { Reply } from './client.ts'
import { closedSchema } from './closed-schema.ts'

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: TSchema }>> }>
  >
}
/** The operations of a description of the API, by address and method. */
export type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>

export interface DescribedReplies {
  /** Holds a reply to the description, which must name everything that is in it. */
  readonly check: (method: string, path: string, reply: Reply, expected: number) => Reply
  /** `METHOD /path` of what was answered with a success. */
  readonly seen: ReadonlySet<string>
}

export function describedReplies(t: Test, paths: Paths): DescribedReplies {
  const seen = new Set<string>()
  const check: DescribedReplies['check'] = (method, path, reply, expected) => {
    const operation = `${method} ${path}`
    const { responses } = paths[path]?.[method.toLowerCase()] ?? { responses: {} }
    t.equal(reply.status, expected, `${operation}: ${reply.text.slice(0, 300)}`)
    t.ok(responses[String(reply.status)] ?? responses['default'], `${operation} describes ${String(reply.status)}`)
    const { content } = responses[String(reply.status)] ?? responses['default'] ?? {}
    if (reply.status < 400) seen.add(operation)
    if (reply.text === '') {
      t.equal(content, undefined, `${operation} describes an empty reply`)
      return reply
    }
    const [type = ''] = String(reply.headers['content-type']).split(';')
    const schema = content?.[reply.status < 400 ? type : 'application/problem+json']?.schema
    if (schema === undefined) t.fail(`${operation} has no schema of its reply`)
    else if (type.endsWith('json'))
      t.ok(
        Check(closedSchema(schema), reply.json()),
        `${operation}: ${JSON.stringify(Errors(closedSchema(schema), reply.json()).slice(0, 3))}`,
      )
    return reply
  }
  return { check, seen }
}

/** `METHOD /path` of everything that is described. */
export function operationsOf(paths: Paths): string[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
}
