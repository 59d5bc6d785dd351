import { pattern } from '../words.ts'

/** Ways of asking what a thing is, why it is so, and which of two is worse. */
export const OF_KNOWLEDGE: readonly (readonly [RegExp, string])[] = [
  // "Gwale is the worst. Is that true?" asks whether it is.
  [
    pattern(
      String.raw`^([^,;.?!:]{2,60}?) (is|are) ([^,;.?!:]{2,80}?)(?: ?[,;.])? ?\b(?:is|na) (?:that|this|it) (?:true|`,
      String.raw`correct|so|the case)(?= ?\?*$)`,
    ),
    '$2 $1 $3?',
  ],
  // Who is left out by the plan gets no nets.
  [
    pattern(
      String.raw`^((?:so |and |but )*)why (?:did|do|have|has|does) (?:you|we|they|it|the plan) (?:leave|left|drop|`,
      String.raw`dropped|skip|skipped|exclude|excluded) ([^,;.?!:]{2,60}?)(?: out)?(?: (?:of|from) the plan)?(?= `,
      String.raw`?\?*$)`,
    ),
    '$1why does $2 get no nets',
  ],
  // "Where does this 1.8 come from?" asks for the reason.
  [
    /^((?:and |so |but )*)where (?:does|do|did) (?:this |that |the |your )?(.{2,60}?) come from(?= ?[?.!]*$)/,
    '$1why $2',
  ],
  [
    /^(?:what is |whats )?the (?:source|origin|reason) (?:of|for|behind) (?:this |that |the )?(.{2,60}?)(?= ?[?.!]*$)/,
    'why $1',
  ],
  [
    /^([^,;.?!:]{2,40}?) ?[-:,]? ?(?:its |the )?full (?:meaning|name|form)(?: please| abeg)?(?= ?[?.!]*$)/,
    'what is $1',
  ],
  [/\b(?:what is |whats )?(?:the )?full (?:meaning|name|form) of\b/, 'what is'],
  [/^([^,;.?!:]{2,40}?) na wetin(?= ?(?:[?.!,;]|$))/, 'what is $1'],
  [
    pattern(
      String.raw`^how (?:far apart|far|close|similar|different|unlike|alike)(?: together)? are (.{2,80}?)(?= (?:on|`,
      String.raw`in|for|with) (?:our|my|the|these) (?:own )?data| ?[?.!]*$)`,
    ),
    'do $1 agree',
  ],
  // "Justify" asks for the reasons of a place in the ranking.
  [/\b(?:justify|defend|account for) (?:why|the reason why)\b/, 'explain why'],
  [
    pattern(
      String.raw`^((?:so |but |and |can you |please |explain )*why (?:is |are )?.{2,60}?(?: is| are)?) (?:up there|`,
      String.raw`so high up|that high|on top there)(?= ?[?.!]*$)`,
    ),
    '$1 high',
  ],
  [
    /\b(?:malaria )?(?:risk|burden|danger|malaria) (?:strong|heavy|plenty|big|bad|serious|hard|too much) pass\b/,
    'malaria pass',
  ],
  // Two names and which is worse: side by side.
  [
    pattern(
      String.raw`^(.{2,60}? (?:or|and) .{2,60}?)[,:;?-] ?which (?:one |ward |of them |of the two )?(?:is|has|get|be|`,
      String.raw`dey) (?:the )?`,
      String.raw`(?:worse|better|safer|riskier|more at risk|higher|lower|higher risk|lower risk|more risky)(?: off)?`,
      String.raw`(?:,? (?:and )?by how much(?: (?:in|by|on) (?:the )?(?:score|risk|composite score))?)?(?= ?[?.!]*$)`,
    ),
    'compare $1',
  ],
  [
    pattern(
      String.raw`^which (?:one |ward )?(?:is|be) (?:worse|better|safer|riskier|more at risk|higher risk|lower `,
      String.raw`risk),? (.{2,60}? or .{2,60}?)`,
      String.raw`,? (?:and )?by how much(?: (?:in|by|on) (?:the )?(?:score|risk))?(?= ?[?.!]*$)`,
    ),
    'compare $1',
  ],
  [
    /^((?:so |and )*)what does (?:a |the )?rank(?:ing)?(?: of| number)? \d{1,4} mean(?= ?\?*$)/,
    '$1how are wards ranked',
  ],
  [
    pattern(
      String.raw`^((?:so |and )*)how often (?:should|must|do|can) (?:we |people |one |the )?(?:nets?|itns?|`,
      String.raw`llins?)?(?: be)? ?(?:replaced?|changed?|renewed?)(?: (?:nets?|them))?(?= ?\?*$)`,
    ),
    '$1how long do nets last',
  ],
  [
    pattern(
      String.raw`^((?:so |and )*)who (?:made|built|created|developed|owns|runs|programmed) (?:you|u|this(?: `,
      String.raw`(?:tool|assistant|thing))?)(?= ?\?*$)`,
    ),
    '$1who are you',
  ],
]
