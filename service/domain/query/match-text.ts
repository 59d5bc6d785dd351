import { areaForm, normalForm } from '../files/normal-form.ts'
import type { TextColumn, TextKind } from './view-column.ts'

/** A text without case, accents and double spaces. */
export function foldText(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim().replace(/\s+/g, ' ')
}

/** The forms in which texts are compared when none is exactly the same, the strictest first. */
const FORMS: Readonly<Record<TextKind, readonly ((text: string) => string)[]>> = {
  text: [foldText],
  ward: [foldText, (name) => normalForm(foldText(name))],
  area: [foldText, (name) => areaForm(foldText(name))],
}

/**
 * Finds the texts of a column that a person means by another text: the one that is exactly the same; if there is none,
 * those that differ only in case, accents and spaces; and if there is none, names of wards and LGAs in their normal
 * form. So `Bayan Dutsi` means every ward of this name, and `Bayan Dutsi (TBSDUT02)` one of them.
 * @returns for a text, the places of these texts in `values`; none if no ward has such a text
 */
export function textFinder({ values, kind }: Pick<TextColumn, 'values' | 'kind'>): (text: string) => readonly number[] {
  const formed: (Map<string, number[]> | undefined)[] = []
  const placesIn = (level: number, form: (text: string) => string, text: string): readonly number[] => {
    const known = (formed[level] ??= placesByForm(values, form))
    return known.get(form(text)) ?? []
  }
  return (text) => {
    const exact = values.indexOf(text)
    if (exact !== -1) return [exact]
    for (const [level, form] of FORMS[kind].entries()) {
      const places = placesIn(level, form, text)
      if (places.length > 0) return places
    }
    return []
  }
}

function placesByForm(values: readonly string[], form: (text: string) => string): Map<string, number[]> {
  const places = new Map<string, number[]>()
  values.forEach((value, place) => {
    const key = form(value)
    const known = places.get(key)
    if (known === undefined) places.set(key, [place])
    else known.push(place)
  })
  return places
}
