import { wordForm } from '../summary-row.ts'

/** Names that say that nobody knows which ward it is. */
const UNKNOWNS: ReadonlySet<string> = new Set([
  'unknown',
  'unknown ward',
  'ward unknown',
  'not assigned',
  'unassigned',
  'not specified',
  'unspecified',
  'not stated',
  'not known',
  'not available',
  'not applicable',
  'missing',
  'no ward',
  'no data',
  'undefined',
  'inconnu',
  'inconnue',
  'non precise',
  'non renseigne',
  'non specifie',
  'non assigne',
  'non attribue',
  'desconhecido',
  'nao especificado',
  'nao informado',
  'desconocido',
  'no especificado',
  'sin asignar',
])
const NOT_A_NAME: ReadonlySet<string> = new Set([
  '#ref!',
  '#n/a',
  '#value!',
  '#name?',
  '#div/0!',
  '-',
  '--',
  '?',
  '??',
  '.',
])
const OTHERS: ReadonlySet<string> = new Set(['other', 'others', 'autre', 'autres', 'outros', 'otros'])
const FOOTNOTE =
  /^(?:\*|†|‡|©|\[?\d{1,2}[\])] |(?:source|sources|note|notes|nb|n\.b\.|remark|remarks|remarque|fonte|fuente|nota|generated|exported|extracted|printed|prepared by|data from|last updated|copyright|legend|key)\s*[:.]|(?:data |données )?(?:generated|exported|extracted|extraites?|downloaded|last updated) (?:on|by|from|at|le|du) )/i
/** Whether a name says that the ward is not known: `Unknown`, `Not assigned`, `Non précisé`, `#N/A`, `?`. */
export function isUnknownName(name: string): boolean {
  return NOT_A_NAME.has(name.trim().toLowerCase()) || UNKNOWNS.has(wordForm(name))
}

/** Whether a name may gather what is left: `Others`. */
export function isRestName(name: string): boolean {
  return OTHERS.has(wordForm(name))
}

/** Whether a text is a remark about the table. */
export function isFootnote(text: string): boolean {
  return FOOTNOTE.test(text.trim())
}
