import { pattern } from '../words.ts'

const END = String.raw`(?= ?[?.!]*$)`
const NETS = String.raw`(?:nets?|itns?|llins?|bed ?nets?)`

/** Ways of asking about a plan of nets and of changing it, once there is one. */
export const WITH_A_PLAN: readonly (readonly [RegExp, string])[] = [
  // "Of the people who live in High wards, what percentage does this plan cover?"
  [
    pattern(
      String.raw`^(?:so |and )*of (?:all )?(?:the |all the )?(?:people|persons|population|residents) (?:who |that `,
      String.raw`)?(?:live |living |are |is )?(?:in|of) (?:the )?(high|medium|low)(?:[ -]risk)?(?: tier)?(?: `,
      String.raw`wards)?, `,
      String.raw`(?:what|which) (?:percentage|percent|per cent|proportion|share|fraction|%) (?:does|do|will|would|`,
      String.raw`is|are) (?:this|the|that|our|it)(?: plan)?(?: be)? (?:cover(?:ed)?|reach(?:ed)?|protect(?:ed)?|`,
      String.raw`served?)${END}`,
    ),
    'what share of the people in $1 wards are covered?',
  ],
  [
    pattern(
      String.raw`^(?:so |and )*of (?:all )?(?:the |all the )?(?:people|persons|population|residents) (?:who |that `,
      String.raw`)?(?:live |living |are |is )?(?:in|of) (?:the )?([^,;?!:]{2,50}?), `,
      String.raw`(?:what|which) (?:percentage|percent|per cent|proportion|share|fraction|%) (?:does|do|will|would|`,
      String.raw`is|are) (?:this|the|that|our|it)(?: plan)?(?: be)? (?:cover(?:ed)?|reach(?:ed)?|protect(?:ed)?|`,
      String.raw`served?)${END}`,
    ),
    'what share of the people in $1 are covered?',
  ],
  // "Under this plan", of nets
  [
    pattern(
      String.raw`^((?:so |and )*(?:which|what) lgas? (?:get|gets|receive|receives|got|have|will get) (?:no|zero) `,
      String.raw`${NETS})(?: at all)?(?: (?:under|in|by|with|from) (?:this|the|that|our) plan)?${END}`,
    ),
    'LGAs whose total nets are below 1',
  ],
  // "Why does Dala not get even one net?"
  [
    pattern(
      String.raw`^((?:so |but |and |ah )*)(?:why|how come) (?:does |did |do |is |has )?([^,;?!:]{2,40}?) (?:no|not|`,
      String.raw`never|doesn't|didn't|don't|don no) (?:dey )?(?:see|get|receive|got|collect)(?: even)? (?:a single|`,
      String.raw`one|one single|any|a|single) ${NETS}${END}`,
    ),
    '$1why does $2 get no nets?',
  ],
  [
    pattern(
      String.raw`^((?:so |but |and )*)(?:why|how come) (?:does |did |do |has )?([^,;?!:]{2,40}?) (?:gets?|got|`,
      String.raw`receives?|received|have|has) (?:zero|not a single|not even (?:a|one)) ${NETS}${END}`,
    ),
    '$1why does $2 get no nets?',
  ],
  // "Restrict the plan to wards with TPR above 30"
  [
    pattern(
      String.raw`^((?:and |now |please |ok |then )*)(?:restrict|limit|confine|narrow) (?:it|the plan|this plan|that `,
      String.raw`plan|that|the nets|the distribution|am)(?: down)? to (?:only )?(?:the )?`,
    ),
    '$1only for ',
  ],
  // "Add Kebura LGA to it as well"
  [
    pattern(
      String.raw`^((?:and |now |please |ok |then |also )*)(?:add|bring in|bring|put in|count in|cover|serve) `,
      String.raw`(?!.{0,80}(?:\d|nets?\b|ranking|analysis|column|list|table|comparison|everybody|everyone|all\b|`,
      String.raw`back\b))`,
      String.raw`([^,;?!:]{2,60}?) (?:(?:to|into) (?:it|the plan|this plan|that plan|that|am)(?: (?:as well|too|`,
      String.raw`also))?|as well|too|also|on top)${END}`,
    ),
    '$1include $2',
  ],
  // "Households here are seven persons on average, so use that"
  [
    pattern(
      String.raw`^((?:and |but |now )*)(?:the |our )?(?:households?|families|family)(?: size)?(?: (?:here|in this `,
      String.raw`state|around here))? (?:is|are|has|have|average|averages|count|dey)(?: about| around| of)? `,
      String.raw`([a-z]{3,8}|\d{1,2})(?: (?:persons|people|members|heads))?(?: (?:each|on average|in average|on the `,
      String.raw`average))?,? (?:so |then |and )?(?:please )?(?:use|take|apply|go with|plan with) (?:that|it|this|`,
      String.raw`am)${END}`,
    ),
    '$1use households of $2',
  ],
  // "What if we had 750,000?": another stock
  [
    pattern(
      String.raw`^((?:and |so |but )*)(?:what if|suppose|and if|what happens if) (?:we|i|there|it|they|the stock) `,
      String.raw`(?:had|have|were|was|is|got|get|are) (\d[\d.,]{2,15}(?: ?(?:k|m|thousand|million)\b)?)(?: `,
      String.raw`${NETS})?(?: instead)?${END}`,
    ),
    '$1make it $2 nets',
  ],
  [
    pattern(
      String.raw`^((?:and |so |but )*)how many people (?:would|will|could|can) (?:we|it|the plan|they) (?:reach|`,
      String.raw`cover|protect|serve) (?:if|with) (?:it were|it was|we had|we have|there were|we got)? `,
      String.raw`?(\d[\d.,]{2,15}(?: ?(?:k|m|thousand|million)\b)?)(?: ${NETS})?${END}`,
    ),
    '$1make it $2 nets',
  ],
  // "Jangule instead of Dutsela, same quantity": a changed plan keeps its stock.
  [
    pattern(
      String.raw`^((?:and |now |please |ok |no,? )*[^,;?!:]{2,60}? (?:instead of|in place of|rather than) `,
      String.raw`[^,;?!:]{2,60}?),? (?:and |but )?(?:with |keep |keeping |for )?(?:the )?same `,
      String.raw`(?:qty|quantity|number|amount|stock|total)(?: of ${NETS})?${END}`,
    ),
    '$1',
  ],
  [
    pattern(
      String.raw`^((?:and |now |please |ok )*)(?:replace|swap|exchange|substitute) ([^,;?!:\d]{2,60}?) (?:with|for|`,
      String.raw`by) ([^,;?!:\d]{2,60}?)${END}`,
    ),
    '$1$3 instead of $2',
  ],
  // "Wards of Dutsela that receive something, with the quantity"
  [
    pattern(
      String.raw`^(?:(?:which|show|list|name|give)(?: me)? (?:the |all the )?)?(wards (?:of|in|from) `,
      String.raw`[^,;?!:]{2,40}?) (?:(?:that|which|who|wey) )?(?:get|gets|receive|receives|got|received|getting) `,
      String.raw`(?:something|anything|nets|any nets?|some nets?),? (?:with|and) (?:the|their) (?:quantity|`,
      String.raw`quantities|amounts?|numbers?)(?: of nets)?${END}`,
    ),
    '$1 getting nets, sorted by nets',
  ],
  // "Which wards of Dutsela receive something?"
  [
    pattern(
      String.raw`(?:^(?:which|show|list|name|give)(?: me)? (?:the |all the )?(?=wards (?:of|in|from) )|\b)(wards `,
      String.raw`(?:of|in|from) [^,;?!:]{2,40}?|wards) (?:(?:that|which|who|wey) )?(?:(?:will|would|go|do|dey) `,
      String.raw`)?(?:get|gets|receive|receives|got|received) `,
      String.raw`(?:something|anything|nets|any nets?|some nets?|at least (?:one|a) net)${END}`,
    ),
    '$1 getting nets',
  ],
  // "Remind me: which LGAs did I leave out so far?"
  [
    pattern(
      String.raw`^(?:remind me[:,]? |so |and )*(?:which|what) (lgas|wards|places) (?:did|have|had) (?:i|we) `,
      String.raw`(?:already )?(?:leave|left|take|taken|drop|dropped|exclude|excluded|remove|removed|cut)(?: `,
      String.raw`out)?(?: (?:so far|already|till now|until now|up to now))?${END}`,
    ),
    'which $1 are left out?',
  ],
]
