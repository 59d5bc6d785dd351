import { formatsOf } from '../service/domain/files/format-of.ts'
import { FILE_ROLE_NAMES, FILE_ROLES, type FileRole } from '../service/domain/files/formats.ts'
import { page as english } from '../service/ui/words/en/page.ts'
import type { Worded } from '../service/ui/words/worded.ts'

const MIB = 1024 * 1024

/**
 * Fills in the texts of index.html in one language (`{{page.title}}`), and in them what is said about the files that
 * can be uploaded: `{{wards.formats}}`, `{{wards.accept}}` and `{{wards.mib}}`, and the same for the other roles.
 * @throws Error when a placeholder is left over
 */
export function fillPage(html: string, page: Worded<typeof english> = english): string {
  const texts = new Map(Object.entries(page).map(([name, text]) => [`page.${name}`, text]))
  const values = new Map(FILE_ROLE_NAMES.flatMap((role) => Object.entries(wordsFor(role, page.lang))))
  return fill(fill(html, new Map([...texts, ...values])), values)
}

function fill(text: string, values: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\{\{([^}]*)\}\}/g, (place, name: string) => {
    const value = values.get(name)
    if (value === undefined) throw new Error(`Cannot fill in the page: nothing is called ${place}`)
    return value
  })
}

function wordsFor(role: FileRole, lang: string): Record<string, string> {
  const formats = formatsOf(role)
  const endings = formats.flatMap((format) => format.endings.map((ending) => `.${ending}`))
  const mediaTypes = formats.flatMap(({ mediaType }) => mediaType ?? [])
  return {
    [`${role}.formats`]: new Intl.ListFormat(lang, { type: 'disjunction' }).format(formats.map(({ name }) => name)),
    [`${role}.accept`]: [...endings, ...mediaTypes].join(','),
    [`${role}.mib`]: String(FILE_ROLES[role].mostBytes / MIB),
  }
}
