import { isTaken } from '../../plan/plan-limits.ts'
import type { Outline } from '../outline.ts'
import { isAsking, placesIn, tierIn } from './places-in.ts'
import type { Reading } from './reading.ts'
import { ask, call } from './replies.ts'
import type { Meaning } from './replies.ts'
import { pattern } from './words.ts'

const NUMBER = pattern(
  String.raw`(?:about |only |just |these |those |the )?\d[\d.,]{0,15}(?: ?(?:k|m|thousand|million))?(?: (?:bed |`,
  String.raw`mosquito )?(?:nets?|itns?|llins?|bednets?))?`,
).source
const WHOM = pattern(
  String.raw`(?:(?:the|all|all the|our|those|these|every|people|everybody|everyone|wards?|lgas?|local|governments?|`,
  String.raw`areas?|of|in|and|tiers?|risk|priority|class|category|high|medium|moderate|low|·) ?)+`,
).source
/** `Will 250,000 be enough for the High tier? If not, what is the shortfall?` */
const ENOUGH = pattern(
  String.raw`^ (?:(?:so|but|and|please|abeg|then) )*(?:is|are|will|would|do|does|can|could|if|shall) (?:we have `,
  String.raw`)?${NUMBER} (?:(?:be|go|to|is|are|dey) )*`,
  String.raw`(?:enough|suffice|sufficient|adequate|reach|do|cover|serve)(?: (?:for|to (?:cover|serve|reach)|in))? `,
  String.raw`${WHOM}`,
  String.raw`(?:(?:and |or )?(?:(?:if (?:not|no)|otherwise|if e no reach) )?(?:or )?(?:what is|what s|how big is|how `,
  String.raw`large is|how much is|how many|how much|by how (?:many|much)|tell me|give me)`,
  String.raw`(?: (?:the|is|are|we|it|nets|more|do|would|will|be)){0,4} (?:shortfall|gap|deficit|short|lacking|`,
  String.raw`missing|need|shortage|difference|balance|fall short) ?(?:of nets )?)?$`,
)

/** Whether a stock is enough for wards by place or tier: what they need beside it. */
export function enoughFor(reading: Reading, { dataset }: Outline): Meaning | null {
  const { plain, figures, mentions } = reading
  const [figure, another] = figures
  const stock = figure?.value ?? null
  if (dataset === null || stock === null || another !== undefined || figure?.isPercent === true) return null
  if (!ENOUGH.test(plain) || !isTaken('totalNets', stock)) return null
  if (mentions.some(({ columns }) => columns.length > 0)) return null
  const places = placesIn(reading)
  if (isAsking(places)) return places
  const { wards, lgas } = places
  const tier = tierIn(reading)
  const isForAll = / (?:everybody|everyone|all|every) /.test(plain)
  const isForTier = / (?:high|medium|moderate|low) /.test(plain)
  if (isForTier !== (tier !== null)) return null
  // "Gwamari and the High wards" are two groups.
  if (tier !== null && wards.length + lgas.length > 0 && plain.includes(' and ')) return null
  if (wards.length + lgas.length === 0 && tier === null && !isForAll) return null
  return call({
    tool: 'count_nets_needed',
    input: {
      stock,
      ...(wards.length > 0 && { wards: [...wards] }),
      ...(lgas.length > 0 && { lgas: [...lgas] }),
      ...(tier !== null && { tier }),
    },
  })
}

const NETS_OF = pattern(
  String.raw`\b(?:total|how many|number of|what number of) (?:bed |mosquito )?(?:nets?|itns?|llins?|bednets?)\b`,
)
const SERVES = /\b(?:serve|serves|cover|covers|need|needs|needed|require|required|reach|suppose|if|take)\b/
const BY_CONDITION = /\b(?:urban|rural|wards? (?:with|where|whose|having|above|below|over|under)|peri)\b/

/** Needs are counted for places and tiers. By another condition a plan says them, and it takes a stock. */
export function askNeedByCondition({ spoken, figures }: Reading, { analysis }: Outline): Meaning | null {
  const asksNeed = (NETS_OF.test(spoken) && SERVES.test(spoken)) || / (?:enough|suffice|sufficient) /.test(spoken)
  if (analysis === null || !asksNeed || !BY_CONDITION.test(spoken) || figures.length > 2) return null
  return ask(
    'I count the nets needed for everybody, for LGAs, for wards by name and for tiers. For wards by another ' +
      'condition I make a plan for them, which says what they need. How many nets are there to hand out?',
    ['How many nets would cover everybody?', 'How many nets would cover the high risk wards?'],
  )
}
