import { formatsOf } from '../service/domain/files/format-of.ts'
import { FILE_ROLE_NAMES, FILE_ROLES, type FileRole } from '../service/domain/files/formats.ts'

const MIB = 1024 * 1024

/**
 * Fills in what index.html says about the files that can be uploaded: `{{wards.formats}}`, `{{wards.accept}}` and
 * `{{wards.mib}}`, and the same for the other roles.
 * @throws Error when a placeholder is left over
 */
export function fillPage(html: string): string {
  const values = new Map(FILE_ROLE_NAMES.flatMap((role) => Object.entries(wordsFor(role))))
  return html.replaceAll(/\{\{([^}]*)\}\}/g, (place, name: string) => {
    const value = values.get(name)
    if (value === undefined) throw new Error(`Cannot fill in the page: nothing is called ${place}`)
    return value
  })
}

function wordsFor(role: FileRole): Record<string, string> {
  const formats = formatsOf(role)
  const endings = formats.flatMap((format) => format.endings.map((ending) => `.${ending}`))
  const mediaTypes = formats.flatMap(({ mediaType }) => mediaType ?? [])
  return {
    [`${role}.formats`]: new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(formats.map(({ name }) => name)),
    [`${role}.accept`]: [...endings, ...mediaTypes].join(','),
    [`${role}.mib`]: String(FILE_ROLES[role].mostBytes / MIB),
  }
}
