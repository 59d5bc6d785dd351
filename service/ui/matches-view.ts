import { counted, fold, h, longTable } from './dom.ts'
import type { Dataset, Settled, Suggestion, UnmatchedWard } from '../features/replies/dataset.ts'

export type Settle = (choices: readonly Settled[], what: 'accept' | 'refuse') => void

const JOINED_BY: Readonly<Record<string, string>> = Object.freeze({
  code: 'the same code',
  'name-form': 'the name, ignoring capitals, numerals and additions',
  accepted: 'a person',
})

/** The service's reason when only `/`, `-` and `_` differ between the name of a ward and that of a boundary. */
const OTHER_SIGNS = 'a boundary of this name with other signs'
const REASONS: Readonly<Record<string, string>> = Object.freeze({
  'no such boundary': 'no boundary has this name',
  [OTHER_SIGNS]: 'a boundary has this name with other punctuation (- / _)',
})
/** The most that one request may settle. */
const MOST_AT_ONCE = 500

/**
 * How wards and boundaries go together where their names differ: wards without a boundary and their possible matches,
 * pairs that were joined in spite of the difference, and pairs that were refused. Each can be settled here.
 */
export function matchesView({ unmatched, refused, quality }: Dataset, settle: Settle) {
  const { spelledDifferently } = quality
  return [
    unmatched.length === 0 ? null : unmatchedView(unmatched, settle),
    spelledDifferently.length === 0
      ? null
      : fold(
          `${counted(spelledDifferently.length, 'ward')} joined under another spelling`,
          longTable(
            'Wards joined under another spelling',
            ['Ward', 'Boundary', 'Joined by', ''],
            spelledDifferently,
            (pair) => [
              pair.ward,
              pair.boundary,
              JOINED_BY[pair.joinedBy] ?? pair.joinedBy,
              // Pairs with the same code on both sides come from the data itself and cannot be separated here.
              pair.joinedBy === 'code'
                ? null
                : decision('Separate', `Separate ${pair.ward} from the boundary ${pair.boundary}`, () => {
                    settle([{ ward: pair.ward, boundary: pair.boundary }], 'refuse')
                  }),
            ],
          ),
        ),
    refused.length === 0
      ? null
      : fold(
          `${counted(refused.length, 'pair')} refused`,
          longTable('Refused pairs', ['Ward', 'Boundary', ''], refused, (pair) => [
            pair.ward,
            pair.boundary,
            decision('Join', `Join ${pair.ward} to the boundary ${pair.boundary} after all`, () => {
              settle([pair], 'accept')
            }),
          ]),
        ),
  ].filter((part) => part !== null)
}

function unmatchedView(unmatched: readonly UnmatchedWard[], settle: Settle) {
  const sameNames = unmatched
    .filter(({ reason }) => reason === OTHER_SIGNS)
    .flatMap(({ name, suggestions }) => suggestions.map((suggestion) => pairOf(name, suggestion)))
    .slice(0, MOST_AT_ONCE)
  const view = fold(
    `${counted(unmatched.length, 'ward')} without a boundary: ranked, but not on the map`,
    sameNames.length < 2
      ? null
      : h(
          'p',
          {},
          h(
            'button',
            {
              type: 'button',
              class: 'secondary',
              click: () => {
                settle(sameNames, 'accept')
              },
            },
            `Accept ${counted(sameNames.length, 'boundary', 'boundaries')} whose names differ only in punctuation`,
          ),
        ),
    longTable('Wards without a boundary', ['Ward', 'Why', 'It may be'], unmatched, (ward) => [
      ward.name,
      REASONS[ward.reason] ?? ward.reason,
      ward.suggestions.length === 0
        ? '–'
        : h('div', {}, ...ward.suggestions.map((suggestion) => suggestionRow(ward.name, suggestion, settle))),
    ]),
  )
  view.open = unmatched.length <= 12
  return view
}

function suggestionRow(ward: string, suggestion: Suggestion, settle: Settle) {
  const { boundary, wardCode, lga } = suggestion
  const pair = pairOf(ward, suggestion)
  return h(
    'p',
    { class: 'row' },
    h(
      'span',
      {},
      boundary,
      h(
        'span',
        { class: 'quiet' },
        `${wardCode === null ? '' : ` · code ${wardCode}`}${lga === null ? '' : ` · LGA ${lga}`}`,
      ),
    ),
    decision('Accept', `Accept the boundary ${boundary} for ${ward}`, () => {
      settle([pair], 'accept')
    }),
    decision('Refuse', `Refuse the boundary ${boundary} for ${ward}`, () => {
      settle([pair], 'refuse')
    }),
  )
}

/** Several boundaries may have the same name; the code makes it unique. */
function pairOf(ward: string, { boundary, wardCode }: Suggestion) {
  return { ward, boundary: wardCode === null ? boundary : `${boundary} (${wardCode})` }
}

/** @param sentence what it does, for people who cannot see the row */
function decision(word: string, sentence: string, decide: () => void) {
  return h('button', { type: 'button', class: 'link', 'aria-label': sentence, click: decide }, word)
}
