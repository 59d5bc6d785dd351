export type TestMethod = 'rdt' | 'microscopy'
export type TestCount = 'tested' | 'positive'
/** Under five; five and over without pregnant women; pregnant women. */
export type TestAge = 'u5' | 'o5' | 'pw'

/** A column that counts tests. */
export interface TestColumn {
  readonly method: TestMethod
  readonly count: TestCount
  readonly age: TestAge
}

const RDT = /\b(?:m?rdts?|tdrs?|tests? (?:de diagnostic )?rapides?|teste? rapidos?|rapid (?:diagnostic )?tests?)\b/
const MICROSCOPY =
  /\b(?:microscop\w*|goutte epaisse|g\.?e\.?|tbs|frottis|lames?|laminas?|gota espessa|gota gruesa|(?:blood )?(?:slides?|smears?|films?))\b/
const POSITIVE = /\b(?:positives?|positif(?:s)?|positivos?|positivas?|pos|confirm(?:ed|es?|ees?|ados?|adas?))\b/
const TESTED =
  /\b(?:tested|tests?|testes?|testees?|testados?|testadas?|examined|examine(?:s|es)?|realise(?:s|es)?|realizados?|realizadas?|done|performed|screened|depiste(?:s|es)?)\b/
/** Of tests, but no counts of people tested or found positive. */
const OTHER = /\b(?:rate|taux|tasa|taxa|percent|positivity|stock|received|used|distributed|treated|recus?|traites?)\b|%/

/**
 * ≥ as people write it, as its UTF-8 bytes look when read as Windows-1252 or Latin-1, and as it looks when it was lost.
 */
const AT_LEAST_FIVE =
  /(?:≥|>\s*=?|=>|&gt;\s*=?|â‰¥|â\u0089¥|\uFFFD+|\?+)\s*5(?!\d)|(?<!\d)5\s*(?:yrs?|years?)?\s*(?:\+|and (?:above|over|older))|\b(?:over|above)[\s-]*(?:5|five)\b|\bo5\b|\b(?:5|cinq|cinco) (?:ans|anos|años) (?:et|e|y|o) (?:plus|mais|más|mas)\b|\bplus de (?:5|cinq)\b|\bmais de (?:5|cinco)\b/i
const UNDER_FIVE =
  /(?:<|&lt;)\s*5(?!\d)|\bunder[\s-]*(?:5|five)s?\b|\bu5\b|\bmoins de (?:5|cinq)\b|\bmenos de (?:5|cinco)\b|\bmenores de (?:5|cinco)\b/i
const PREGNANT = /\bpreg|\bpw\b|\benceintes?\b|\bgestantes?\b|\bembarazadas?\b|\bgravidas?\b/i

/**
 * What a header counts: RDT or microscopy, tested or positive, and one age; null if it does not count tests. Wording
 * and spacing vary, and ≥ is often broken. "<5yrs" is never read as "≥5yrs", nor "(excl PW)" as pregnant women.
 */
export function testColumnOf(header: string): TestColumn | null {
  const text = header.slice(0, 300).replace(/[\s_]+/g, ' ')
  const words = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  if (OTHER.test(words)) return null
  const methods = [
    ...(RDT.test(words) ? ['rdt' as const] : []),
    ...(MICROSCOPY.test(words) ? ['microscopy' as const] : []),
  ]
  const count = POSITIVE.test(words) ? 'positive' : TESTED.test(words) ? 'tested' : null
  const ages = [
    ...(UNDER_FIVE.test(text) ? ['u5' as const] : []),
    ...(AT_LEAST_FIVE.test(text) ? ['o5' as const] : []),
    ...(PREGNANT.test(words.replace(/excl[^)]*(?:\)|$)/i, '')) ? ['pw' as const] : []),
  ]
  const [method] = methods
  const [age] = ages
  return method === undefined || age === undefined || count === null || methods.length > 1 || ages.length > 1
    ? null
    : { method, count, age }
}
