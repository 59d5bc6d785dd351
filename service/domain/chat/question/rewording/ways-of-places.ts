import { pattern } from '../words.ts'

const KIND = String.raw`((?:very )?(?:high|medium|low|urban|rural|peri-?urban)(?:[- ](?:risk|tier))?)`
const LGAS = String.raw`((?:lgas?|local governments?(?: areas?)?|districts?)(?: (?:that|which|wey))?)`
/** What is to be given after the place was said. */
const GIVE = pattern(
  String.raw`(?:give|show|tell|get|find|list|compute|calculate|work out|report|return|print|display)(?: (?:me|us|`,
  String.raw`out))?`,
).source
/** A place of a few words, without a sign or a joint in it. */
const PLACE = pattern(
  String.raw`((?!(?:the )?(?:top|bottom|first|last|\d))(?:(?!and |or |then )[^\s,;:.?!]{1,40} ){0,3}`,
  String.raw`(?!and\b)[^\s,;:.?!]{1,40})`,
).source

/** Ways of saying which wards or LGAs are meant. */
export const OF_PLACES: readonly (readonly [RegExp, string])[] = [
  // "Restrict to Kurmada LGA and give me": the place first.
  [
    pattern(
      String.raw`^(?:please |kindly |now |ok |abeg )*(?:restrict|limit|confine|narrow|cut|filter)(?: (?:it|this|`,
      String.raw`that|yourself|everything|the (?:data|wards|table|analysis)))?`,
      String.raw`(?: down)? to ${PLACE} ?(?:,|;|:|\.|and|then|, and|and then|, then) (?:please )?(?:${GIVE} `,
      String.raw`)?(?=\S+ \S)`,
    ),
    'in $1, ',
  ],
  [
    pattern(
      String.raw`^(?:please |kindly |now |ok |abeg )*(?:look|looking|go|focus|stay)(?: only)? (?:only )?(?:at|in|`,
      String.raw`inside|into|on|within) ${PLACE}(?: only| alone)? ?`,
      String.raw`(?:,|;|:|and|, and|and then) (?:please )?${GIVE} (?=\S+ \S)`,
    ),
    'in $1, ',
  ],
  // Every ward of an LGA is of one kind.
  [
    pattern(
      String.raw`\b${LGAS} (?:whose|where|in which) (?:all|every)(?: of)?(?: the| its| their)? wards? (?:are|is|dey|`,
      String.raw`be) (?:all )?(?:in the )?${KIND}(?: risk| tier)*(?=[ ,.?!]|$)`,
    ),
    '$1 with only $2 wards',
  ],
  [
    pattern(
      String.raw`\b${LGAS} whose wards (?:are|is|dey|be) (?:all|only) (?:in the )?${KIND}(?: risk| tier)*(?=[ ,.?!]|$)`,
    ),
    '$1 with only $2 wards',
  ],
  [pattern(String.raw`\b${LGAS} (?:with|have|has|having|get) ${KIND} wards only\b`), '$1 with only $2 wards'],
  // No ward of either kind.
  [
    pattern(
      String.raw`\b${LGAS} (?:with|have|has|having|get) (?:neither|no) (?:a |an |any )?${KIND} (?:wards? )?(?:nor|`,
      String.raw`or|and no|and) (?:a |an |any )?${KIND} wards?\b`,
    ),
    '$1 without $2 or $3 wards',
  ],
  // One ward of each place.
  [
    pattern(
      String.raw`^((?:(?:please|show|list|give|me|name|find|what is|which is|who is|the) )*)((?:worst|riskiest|`,
      String.raw`safest|best|top|highest risk|lowest risk) ward)s? `,
      String.raw`(?:each (?:for|in|of|from)|(?:for|in|of|from) each of|(?:for|in|of|from) each(?= `,
      String.raw`[^,;:.?!]{1,60}(?:,| and ))) (?:the )?(?:(?:two|three|four|five|six|seven|eight|nine|ten|\d) `,
      String.raw`(?=lgas?|local))?(?:lgas? |local governments? )?(?!the |of |lgas?\b|local\b|tiers?\b|`,
      String.raw`districts?\b|and\b|or\b|with\b|by\b|\d|(?:two|three|four|five|six|seven|eight|nine|ten)\b)`,
    ),
    '$1for each LGA, the $2 in ',
  ],
  // "Below Riyanda's own average", of wards of Riyanda.
  [
    pattern(
      String.raw`\b(wards (?:of|in|from|inside|within) ([^\s,;:.?!]{2,40})(?: lga)? [^;.?!]{1,80}?) \2(?:['’]s)?(?: `,
      String.raw`lga(?:['’]s)?)?(?: own)? (average|mean)\b`,
    ),
    '$1 the $3 of their own LGA',
  ],
]
