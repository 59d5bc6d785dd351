import { DOMParser, type Element as XmlElement } from '@xmldom/xmldom'
import t from 'tap'
import { chartWards } from '../../service/domain/chart/chart-wards.ts'
import type { ChartAnswer } from '../../service/domain/chart/chart-answer.ts'
import { chartOptions, type ChartOptions } from '../../service/domain/chart/chart-options.ts'
import { binsOf } from '../../service/domain/chart/histogram.ts'
import { boxOf } from '../../service/domain/chart/boxes.ts'
import { element } from '../../service/domain/chart/svg-element.ts'
import { textColumn, type ViewColumn } from '../../service/domain/query/view-column.ts'
import type { WardView } from '../../service/domain/query/ward-view.ts'
import fc from '../support/properties.ts'
import { refusal, textsAndPlaces } from '../support/refusal.ts'

/** The view of named columns, of which `ward` has the labels. */
function viewOf(columns: Readonly<Record<string, readonly (number | string | null)[]>>): WardView {
  const made = new Map(
    Object.entries(columns).map(([name, values]): [string, ViewColumn] => [
      name,
      values.some((value) => typeof value === 'string')
        ? textColumn(name, values as readonly (string | null)[])
        : { name, type: 'number', numbers: Float64Array.from(values, (value) => (value as number | null) ?? NaN) },
    ]),
  )
  const labels = (columns['ward'] ?? []).map(String)
  return {
    result: null,
    plan: null,
    positivity: [],
    rows: labels.length,
    labels,
    names: [...made.keys()],
    find: (name) => {
      const column = made.get(name.replace('@', ''))
      return column === undefined ? { is: 'unknown' } : { is: 'column', field: null, column }
    },
  }
}

const VIEW = viewOf({
  ward: ['A', 'B', 'C', 'D', 'E', 'F'],
  lga: ['North', 'North', 'North', 'South', 'South', null],
  x: [1, 2, 3, 4, 5, null],
  y: [2, 4, 6, 8, 11, 7],
})
const draw = (options: ChartOptions, view = VIEW): ChartAnswer => chartWards(view, options)

const KINDS: readonly ChartOptions[] = [
  { kind: 'histogram', column: 'x' },
  { kind: 'scatter', x: 'x', y: 'y' },
  { kind: 'box', column: 'x', groupBy: 'lga' },
  { kind: 'correlation', columns: ['x', 'y'] },
  { kind: 'bar', groupBy: 'lga', measure: { measure: 'sum', column: 'x' } },
  { kind: 'bar', measure: { measure: 'sum', column: 'y' } },
]

/** Parses XML as strictly as the parser can: anything but a clean document is an error. */
function parsed(svg: string): XmlElement {
  const parser = new DOMParser({
    onError: (level, message) => {
      // A half of a character became the sign for one that is not known.
      if (message.startsWith('Unicode replacement character')) return
      throw new Error(`${level}: ${message}`)
    },
  })
  const root = parser.parseFromString(svg, 'image/svg+xml').documentElement
  if (root === null) throw new Error('no element')
  return root
}

function elementsOf(node: XmlElement): XmlElement[] {
  const children = Array.from({ length: node.childNodes.length }, (_, at) => node.childNodes.item(at)!)
  return [
    node,
    ...children.filter((child): child is XmlElement => child.nodeType === child.ELEMENT_NODE).flatMap(elementsOf),
  ]
}

const textsOf = (svg: string): string[] =>
  elementsOf(parsed(svg))
    .filter(({ tagName }) => tagName === 'text')
    .map(({ textContent }) => textContent ?? '')

t.test('a histogram counts each value once, in equal ranges with round ends', async (t) => {
  fc.assert(
    fc.property(
      fc.array(
        fc.integer({ min: -50_000, max: 50_000 }).map((value) => value / 64),
        { minLength: 2, maxLength: 60 },
      ),
      (values) => {
        const bins = binsOf(Float64Array.from(values))
        const last = bins.at(-1)
        for (const bin of bins) {
          const isIn = (value: number): boolean =>
            value >= bin.from && (value < bin.to || (bin === last && value === bin.to))
          if (values.filter(isIn).length !== bin.wards) throw new Error(`${JSON.stringify(bin)} of ${String(values)}`)
        }
        if (bins.reduce((sum, { wards }) => sum + wards, 0) !== values.length) throw new Error('not all')
      },
    ),
  )
  t.strictSame(binsOf(Float64Array.of(3, 3, 3)), [{ from: 3, to: 3, wards: 3 }])
  const { words, figures, table, notes, rowsWithoutValue } = draw({ kind: 'histogram', column: 'x' })
  t.equal(words, 'This draws a histogram of x of all wards.')
  t.equal(figures[0], '5 wards have a value, from 1 to 5.')
  t.strictSame(notes, ['1 ward has no value of x and is not drawn.'])
  t.strictSame(rowsWithoutValue, [{ column: 'x', wards: 1 }])
  t.strictSame(table.rows, [
    [1, 2, 1],
    [2, 3, 1],
    [3, 4, 1],
    [4, 5, 2],
  ])
})

t.test('a scatter plot has a dot for each ward with both values, with r and n', async (t) => {
  const { figures, table, svg, notes } = draw({ kind: 'scatter', x: 'x', y: 'y' })
  // Of 1 to 5 and 2, 4, 6, 8, 11: products of the deviations 22, squares 10 and 48.8.
  t.strictSame(figures, [`Pearson's r is ${(22 / Math.sqrt(10 * 48.8)).toFixed(4)} over 5 wards.`])
  t.match(textsOf(svg)[0], 'r = 0.996, n = 5')
  t.equal(
    elementsOf(parsed(svg))
      .find(({ tagName }) => tagName === 'path')
      ?.getAttribute('d')
      ?.split('M').length,
    6,
  )
  t.strictSame(table.rows[4], ['E', 5, 11])
  t.strictSame(notes, ['1 ward has no value of x or y and is not drawn.'])
})

t.test('a box has quartiles of type 7, whiskers within 1.5 boxes, and the others as outliers', async (t) => {
  // 1 to 8 and 30: quartiles 3 and 7, so whiskers end at 1 and 8, and 30 lies outside of 13.
  t.strictSame(boxOf('g', Float64Array.of(30, 2, 1, 4, 3, 6, 5, 8, 7)), {
    group: 'g',
    values: 9,
    least: 1,
    lower: 3,
    median: 5,
    upper: 7,
    greatest: 30,
    whiskers: [1, 8],
    outliers: Float64Array.of(30),
  })
  const { words, table } = draw({ kind: 'box', column: 'y', groupBy: 'lga' })
  t.equal(words, 'This draws a box plot of y of all wards, with a box for each lga.')
  t.strictSame(table.rows, [
    ['North', 3, 2, 3, 4, 5, 6, 0],
    ['South', 2, 8, 8.75, 9.5, 10.25, 11, 0],
    [null, 1, 7, 7, 7, 7, 7, 0],
  ])
})

t.test('bars are those of a query: groups with their measure, or wards with their value', async (t) => {
  const groups = draw({
    kind: 'bar',
    groupBy: 'lga',
    measure: { measure: 'count' },
    order: 'descending',
    insteadOfPie: true,
  })
  t.strictSame(groups.table.rows, [
    ['North', 3],
    ['South', 2],
    [null, 1],
  ])
  t.match(groups.notes[0], /^Bars are drawn where a pie was asked for/)
  t.equal(groups.words, 'This draws a bar for each lga of all wards: the number of wards.')
  const wards = draw({ kind: 'bar', measure: { measure: 'sum', column: 'y' }, limit: 2 })
  t.strictSame(wards.table.rows, [
    ['E', 11],
    ['D', 8],
  ])
  t.ok(wards.notes.includes('These are 2 of 6 bars.'))
  // The longest bar is as much longer as its value is greater.
  const [, first, second] = elementsOf(parsed(wards.svg)).filter(({ tagName }) => tagName === 'rect')
  const lengths = [first, second].map((bar) => Number(bar?.getAttribute('width')))
  t.ok(Math.abs((lengths[0] ?? 0) / (lengths[1] ?? 1) - 11 / 8) < 0.001)
})

t.test('a matrix has the correlation of each two columns over the wards that have both', async (t) => {
  const { table, svg } = draw({ kind: 'correlation', columns: ['x', 'y', 'x'] })
  t.strictSame(
    table.rows.map(([one, other, , n]) => [one, other, n]),
    [['x', 'y', 5]],
  )
  t.ok(Math.abs(Number(table.rows[0]?.[2]) - 22 / Math.sqrt(10 * 48.8)) < 1e-12)
  t.equal(textsOf(svg).filter((text) => text === '1.00').length, 4, 'two ones, and 0.996 rounded to two decimals twice')
})

t.test('conditions choose the wards of every kind', async (t) => {
  for (const kind of KINDS)
    t.equal(draw({ ...kind, where: [{ column: 'lga', op: '=', value: 'north' }] }).rowsUsed, 3, kind.kind)
})

t.test('a chart of no ward is drawn, too', async (t) => {
  for (const kind of KINDS)
    t.doesNotThrow(
      () => parsed(draw({ ...kind, where: [{ column: 'y', op: '>', value: 999 }] }).svg),
      `${kind.kind} of nothing`,
    )
})

const HOSTILE = [
  '<script>alert(1)</script>',
  ']]>',
  `"onload="alert(1)`,
  "' onload='x",
  '&lt;b&gt; &amp; &#x3c; &nbsp;',
  '<!-- <![CDATA[ -->',
  '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',
  'javascript:alert(1)',
  'a\u0000b\u0008c\u001bd\u007f\u0085',
  'r\u202eevil\u2066x\u200f',
  '\ud800 and \udc00',
  '\ufffe\uffff\ufeff',
  '`${x}`',
  'line\nfeed\r\u2028\u2029',
  'x'.repeat(5_000),
  '🦟'.repeat(300),
]
const TAGS = new Set(['svg', 'title', 'desc', 'g', 'rect', 'line', 'path', 'text'])
const FORBIDDEN = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\ufffe\uffff]/u

t.test('names of every hostile kind end as text: no element, attribute or entity comes of them', async (t) => {
  const view = viewOf({
    ward: HOSTILE,
    lga: HOSTILE.map((name, at) => (at % 2 === 0 ? name : 'plain')),
    [HOSTILE[0] ?? '']: HOSTILE.map((_, at) => at),
    [HOSTILE[2] ?? '']: HOSTILE.map((_, at) => at * at),
  })
  const [x = '', , y = ''] = HOSTILE
  const kinds: readonly ChartOptions[] = [
    { kind: 'histogram', column: x, where: [{ column: 'lga', op: '!=', value: ']]>' }] },
    { kind: 'scatter', x, y },
    { kind: 'box', column: x, groupBy: 'lga' },
    { kind: 'correlation', columns: [x, y] },
    { kind: 'bar', groupBy: 'lga', measure: { measure: 'count' } },
    { kind: 'bar', measure: { measure: 'sum', column: y }, limit: 60 },
  ]
  for (const kind of kinds) {
    const { svg } = draw(kind, view)
    for (const { tagName, attributes } of elementsOf(parsed(svg))) {
      t.ok(TAGS.has(tagName), tagName)
      const names = Array.from({ length: attributes.length }, (_, at) => attributes.item(at)?.name ?? '')
      t.notOk(
        names.some((name) => /^(?:on.*|.*href|style|src|id|class)$/i.test(name)),
        names.join(),
      )
    }
    t.notMatch(svg, /<script|<!|\]\]>|<\?|&(?!#\d+;)/, `${kind.kind} has no markup but its own`)
    t.notMatch(svg, FORBIDDEN)
    t.ok(svg.isWellFormed())
    t.equal(svg.match(/http/g)?.length, 1, 'one address: the name of the format')
  }
  const texts = textsOf(draw(kinds[5]!, view).svg)
  t.ok(texts.includes('<script>alert(1)</script>'), 'people read the name as it is')
  t.ok(
    texts.some((text) => text.startsWith('🦟') && text.endsWith('…') && text.isWellFormed()),
    'and cut between letters',
  )
})

t.test('any text and any attribute value is read back as it was, but for what cannot be written', async () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
      const read = parsed(element('svg', { role: text }, element('text', {}, text)).toString())
      const clean = text.toWellFormed().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\uFFFE\uFFFF]/gu, ' ')
      if (read.textContent !== clean || read.getAttribute('role') !== clean) throw new Error(JSON.stringify(text))
    }),
    { numRuns: 500 },
  )
})

t.test('an element has no attributes but its own', async (t) => {
  t.throws(() => element('rect', { onload: 'x' } as never), { message: "A chart's rect has no onload" })
  t.throws(() => element('svg', { xmlns: 'x' } as never), { message: "A chart's svg has no xmlns" })
})

t.test('every chart has a title and a description, and is legible on any ground', async (t) => {
  for (const kind of KINDS) {
    const { svg, words } = draw(kind)
    const [root, title, description, ground] = elementsOf(parsed(svg))
    t.strictSame(
      [root?.tagName, root?.getAttribute('role'), title?.tagName, description?.tagName],
      ['svg', 'img', 'title', 'desc'],
    )
    t.ok(description?.textContent?.startsWith(words), words)
    t.equal(ground?.getAttribute('fill'), '#ffffff')
    t.strictSame(
      [ground?.getAttribute('width'), ground?.getAttribute('height')],
      [root?.getAttribute('width'), root?.getAttribute('height')],
    )
  }
})

t.test('what does not fit a kind or the data is refused with a pointer', async (t) => {
  t.strictSame(textsAndPlaces(refusal(() => chartOptions({ kind: 'scatter', x: 'a', column: 'b' })).errors), [
    { pointer: '/y', detail: 'a scatter needs it' },
    { pointer: '/column', detail: 'a scatter does not take it' },
  ])
  t.strictSame(chartOptions({ kind: 'histogram', column: 'b' }), { kind: 'histogram', column: 'b' })
  t.strictSame(textsAndPlaces(refusal(() => draw({ kind: 'histogram', column: 'lga' })).errors), [
    { pointer: '/column', detail: '"lga" holds text; a histogram needs numbers' },
  ])
  t.strictSame(textsAndPlaces(refusal(() => draw({ kind: 'bar', measure: { measure: 'count' } })).errors), [
    { pointer: '/measure/column', detail: 'bars of single wards need a column; bars of groups need groupBy' },
  ])
  const many = viewOf({
    ward: Array.from({ length: 61 }, (_, at) => `W${String(at)}`),
    x: Array.from({ length: 61 }, (_, at) => at),
  })
  t.match(refusal(() => draw({ kind: 'box', column: 'x', groupBy: 'ward' }, many)).errors, [
    { pointer: '/groupBy', detail: 'there are 61 groups, and a chart shows 60: choose some by conditions' },
  ])
})
