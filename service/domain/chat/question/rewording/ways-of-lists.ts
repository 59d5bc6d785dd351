import { pattern } from '../words.ts'

/** Ways of going on with a list. */
export const OF_LISTS: readonly (readonly [RegExp, string])[] = [
  // "Leave" with "only" keeps what follows.
  [
    pattern(
      String.raw`^(?!.*\bout\b)((?:and |now |so |ok |please |abeg )*)(?:leave|keep|retain|hold|show|give|take)(?: `,
      String.raw`me)?(?: with)? only (?:those|the ones|these|them|the wards|ones)`,
      String.raw`(?: ones| wards)?(?: (?:that|which|wey))?(?: (?:are|is|dey|lie|fall|come))? (in|inside|from|for|`,
      String.raw`within) `,
    ),
    '$1which of them are in ',
  ],
  [
    pattern(
      String.raw`^(?!.*\bout\b)((?:and |now |so |ok |please |abeg )*)(?:leave|keep|retain)(?: me)?(?: with)? only `,
    ),
    '$1only ',
  ],
  // "In all ten", said of the ten that were shown.
  [
    pattern(
      String.raw`\b(in|of|for|among|across|from) (?:all (?:of )?(?:the |these |those )?|the |these |those `,
      String.raw`)(\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twenty)(?: of them| wards| ones)?(?= `,
      String.raw`?[?.!]*$)`,
    ),
    '$1 all those $2',
  ],
  [/^((?:and |so )*)same (?:thing|again|figure|table|question) (?:for|with|of) /, '$1same for '],
  [/^((?:and |so )*)(?:do|repeat|give me|show me|show) (?:the )?same (?:thing )?(?:for|with|of) /, '$1same for '],
  [
    pattern(
      String.raw`^((?:so |but |and )*why (?:is|are|was|did) .{2,80}?) (?:among|amongst|part of) (?:them|these|`,
      String.raw`those|it)(?= ?[?.!]*$)`,
    ),
    '$1',
  ],
  [
    /^((?:and |so |now )*same(?: thing)?) but (?!only|without|not|just|in\b|for|with|no\b|leave|drop|exclude)/,
    '$1 for ',
  ],
  [/\bcompare (?:the )?(?:first|top) two(?= ?[?.!]*$)/, 'compare the first and the second'],
]

/** Ways of asking for a figure. */
export const OF_FIGURES: readonly (readonly [RegExp, string])[] = [
  // A figure says on how many wards it rests.
  [
    pattern(
      String.raw`,? (?:and )?(?:on|from|over|out of) how many wards (?:does it rest|is it based|is that based|is `,
      String.raw`that|did you use|was it (?:computed|taken|made)|it rests)`,
      String.raw`(?: on)?(?= ?[?.!]*$)`,
    ),
    '',
  ],
  [
    / (?:in|for|across|of|over) the (?:whole |entire )?(?:metropolis|metropolitan area)(?=[ ,.?!]|$)/,
    ' for the whole state',
  ],
]
