/** The texts of refusals of rankings, and of what they are made from. */
export const RANKING_FAULT_TEXTS = {
  'cannot-rank-at-once': 'Cannot rank {wards} wards by {models} models at once; choose fewer indicators',
  'too-many-indicators': 'too many indicators for so many wards',
  'cannot-rank-one-ward': 'Cannot rank one ward; a ranking compares at least two',
  'no-inverse-in-legacy':
    'Cannot use {column} as an inverse indicator in legacy mode: the reciprocal of one of its values is not ' +
    'finite; use standard mode',
  'no-reciprocal': '{column} has no reciprocal',
  'no-such-lga-of': 'There is no LGA {lga}; the data have {names,}{more}',
  'no-such-lga': 'no such LGA',
  'name-wards-to-compare': 'Name 2 to {most} wards to compare',
  'count-of-wards': '{count} wards',
  'no-such-ward': 'there is no ward {ward}',
  'ward-may-be': '{ward} may be {names,}{more}',
  'cannot-compare-wards': 'Cannot compare these wards',
  'several-wards-say-code': 'Several wards are called {ward}. Say which by its code.',
  'ward-label': '{label}',
  'choose-indicators':
    'Choose {fewest} to {most} indicators: {suggested,}{moreSuggested} of the candidates can be suggested. The ' +
    'data have {count}: {names,}{more}',
  'name-indicators': 'name the indicators to rank by',
  'column-not-suggested': '{column} is not suggested: {why}',
  'indicators-named': 'Choose {fewest} to {most} indicators; {count} were named',
  'count-of-indicators': '{count} indicators',
  'named-twice': '{name} is named twice',
  'no-such-column': 'there is no column {column}',
  'column-no-indicator': '{column} is not an indicator: {why}',
  'cannot-rank-by-these': 'Cannot rank by these indicators; the data have {names,}{more}',
  'column-is-copy': '{column}: {why}',
  'cannot-rank-by-copies':
    'Cannot rank by a column and its copy: they would count twice, or cancel each other. Leave one out, or say ' +
    'that copies are meant (allowCopies)',
  'not-of-indicators': '{column} is not one of the indicators',
  'no-direction': '{direction} is neither direct nor inverse',
  'cannot-use-directions': 'Cannot use these directions',
  'cannot-compare-with': 'Cannot compare the ranking with {column}',
  'column-not-there': 'there is no such column',
  'holds-no-numbers': 'it holds no numbers',
  'ranked-by-it': 'the wards are ranked by it: leave it out of the indicators to hold it back',
  'repeats-indicator': 'it repeats {column}, by which the wards are ranked',
  'too-few-values': '{count} wards have a value, and at least {fewest} are needed',
  'same-value-everywhere': 'it has the same value in every ward that has one',
  'sort-is-one-of': 'sort is one of {names,}, with - in front for descending',
  'tier-is-one-of': 'tier is one of {names,}',
  'limit-is-from-1': 'limit is a whole number from 1 to {most}',
  'cursor-of-other-query': 'the cursor does not belong to this query; begin again without one',
  'cannot-show-wards': 'Cannot show these wards',
  'too-many-neighbours':
    'Cannot find neighbouring wards: too many boundaries meet in the same places; check the file for boundaries ' +
    'that repeat',
  'cannot-rank-by-weights': 'Cannot rank by these weights',
  'legacy-without-weights': 'legacy mode has no weights of its own',
  'weight-unfit': 'the weight of {column} is {weight}; leave out what shall not count',
  'without-weight': '{column} has no weight',
  'weights-sum-unfit': 'the weights add up to {sum}, not to 1',
  'no-ward-in-analysis': 'There is no ward {ward} in this analysis.',
} as const
