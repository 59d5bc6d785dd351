/**
 * The texts of all questions, of their options and of the parts that they are put together from. `{name}` is a value,
 * `{names,}` a list with commas, `{names;}` one with semicolons. The page words the same kinds in other languages.
 */
export const QUESTION_TEXTS = {
  both: '{one} and {other}',
  'and-more': ' and {count} more',
  'and-more-after-semicolon': '; and {count} more',
  'and-more-columns': ' and {count} more columns',
  'and-more-rows': ' and {count} more rows',
  'row-named': '{name} (line {line})',
  'row-line': 'line {line}',

  'several-files':
    '"{latest}" has the same columns as {earlier,} and other rows. ' +
    'Are they one table, or does the latest file replace what was there?',
  'several-files-together': 'one table of {files} files',
  'several-files-alone': '"{latest}" alone; the earlier are removed',

  'urban-share-unit':
    'No value of the urban share {column} is above 1. Shares of one and percent give different plans. ' +
    'Which are they?',
  'urban-share-of-one': 'Shares of one: 0.8 is 80 percent',
  'urban-share-percent': 'Percent: no ward is more than 1 percent urban',
  'too-few-people':
    'The middle ward has {people} people by {column}, which is implausibly few for a ward. ' +
    'What does the column count?',
  'too-many-people':
    'The middle ward has {people} people by {column}, which is implausibly many for a ward. ' +
    'What does the column count?',
  'people-counted': 'People: the figures are right',
  'people-in-thousands': 'Thousands of people: 12.4 is 12,400',
  'people-not-counted': 'Something else: do not plan with it',

  'reports-without-period':
    '{reports} reports name no period, and others of their facilities name another one. ' +
    'Are these reports of their own, or do they sum up or repeat the others?',
  'reports-of-period':
    '{reports} reports have the period {period}, and others of their facilities name another one. ' +
    'Are these reports of their own, or do they sum up or repeat the others?',
  'reports-kept': 'reports of their own: count them',
  'reports-left-out': 'sums or repeats: leave them out',
  'reports-differ':
    '{count} rows repeat a facility and a period with other counts ({rows;}{more}). Which of them count?',
  'first-report': 'the first row of each',
  'last-report': 'the last row of each: a corrected report',
  'reports-added': 'all of them: parts of one report, added up',
  'reports-again':
    '{count} rows name no period and repeat a facility with the same counts ({rows;}{more}). ' +
    'Are they the same report again?',
  'report-counted-once': 'the same report: count it once',
  'reports-all-counted': 'reports of several periods: count all',
  'facilities-or-wards':
    'Facilities count exactly as many people as all others of their ward together, or at least as many and are ' +
    'called like it or its LGA: {names,}{more}. Are they facilities, or the sums of their ward?',
  'facilities-kept': 'facilities: count them',
  'facilities-left-out': 'sums of their ward: leave them out',
  'element-counts':
    'No data elements of this table name both people tested and people found positive. What does {element} count?',
  'element-role': 'people {role}',
  'element-ignored': 'something else: leave it out',
  'counts-unnamed':
    'No header says which columns count people tested and people found positive. {names,}{more} may be counts. ' +
    'Which of them count what? Give two or more columns their roles, such as "tested u5 rdt" and "positive u5 rdt".',
  'counts-without-pair':
    'Headers name counts ({known,}{moreKnown}), but no age and method has both people tested and people positive. ' +
    '{names,}{more} may be counts. ' +
    'Which of them count what? Give two or more columns their roles, such as "tested u5 rdt" and "positive u5 rdt".',
  'column-of-ward': 'No header says which column names the ward. Which column names it?',
  'column-of-facility': 'No header says which column names the health facility. Which column names it?',
  'names-ward': '{column} names the ward',
  'names-facility': '{column} names the health facility',
  'rows-are-wards': 'none: each row is about a whole ward',

  'duplicate-differs': 'A ward has several rows that differ ({same}): {wards;}. Which rows count?',
  'duplicates-differ': '{count} wards have several rows that differ ({same}): {wards;}{more}. Which rows count?',
  'same-code': 'the same code twice',
  'same-name': 'the same name twice',
  'same-spelling': 'nearly the same name',
  'rows-differ-in': '{rows,}: "{column}" is {one} and {other}',
  'rows-differ-in-code': '{rows,}: with the same values but another code',
  'value-missing': 'missing',
  'first-row-right': 'the first row of each is right',
  'last-row-right': 'the last row of each is right',
  'duplicates-left-out': 'leave these wards out',
  'duplicates-apart': 'they are different wards: keep all, told apart by their lines',

  sentinel:
    '{value} stands in {columns,}{more}, far from the other values. ' +
    'Is it a mark for missing data (no data), or was it measured?',
  'in-column': '{column} ({rows,}{more})',
  'means-missing': '{value} means missing: fill it like any gap',
  'was-measured': '{value} was measured: use it as it is',

  'period-of-rows':
    'The table has several rows a ward, one for each of {count} values of {columns}, from {from} to {to}. ' +
    'A ranking needs one row a ward. Which period or rows should it use?',
  'rows-of-part': 'the rows of {part} alone',
  'mean-of-rows': 'the mean of each ward over all its rows',
  'sum-of-rows': 'the sum over all rows of a ward (counts only; people are never summed)',

  'rows-no-wards': 'Some rows may be areas (an LGA, a state, a total) and not wards: {rows;}{more}. Are they wards?',
  'row-because': '{row} {why}',
  'are-no-wards': 'they are no wards: leave them out',
  'are-wards': 'they are wards: rank them',
  'is-sum': 'is the sum of {of} in {columns,}{more}',
  'is-mean': 'is the mean of {of} in {columns,}{more}',
  'says-the-same': 'says the same as {of}',
  'rest-of-lga': 'the other rows of its LGA',
  'rest-of-state': 'the other rows of its state',
  'all-other-rows': 'all other rows',
  'lga-beside': 'the rows of the LGA beside it',
  'rows-above': 'the rows above it',
  'rows-below': 'the rows below it',
  'called-area-without-keys': 'is called as its area and has no code or LGA',
  'called-lga-without-lga': 'is called as an LGA and has none',
  'called-lga-says-same': 'is called as its own LGA and says the same as its only other row',
  'called-lga-as-most': 'is called as its own LGA, as in most LGAs of the table',
  'called-lga-as-large': 'is called as its own LGA and is as large as the rest of it',
  'called-lga-near-mean': 'is called as its own LGA and is near the mean of it in every column',
  'called-area': 'is called as a country, a state or a district',
  'may-gather-rest': 'may gather what belongs to no ward',
  'lacks-keys': 'has not the code or the LGA that the other rows have',

  'column-of-wards': 'Which column names the wards? In this table {found}.',
  'headers-swapped': '{columns} look as if their headers were swapped',
  'no-header-names': 'no header says which column names the wards',
  'several-could-name': 'several columns could name the wards: {columns,}',
  'names-wards': '{column} names the wards',

  'thousands-or-decimal':
    'Every number of {column} with a "{sign}" has three digits after it: {examples,}{more}. ' +
    'Does the "{sign}" stand between thousands or before decimals?',
  'sign-thousands': 'Thousands: {example} is {number}',
  'sign-decimal': 'Decimals: {example} is {number}',

  'which-sheet': '{count} sheets of the workbook hold a table: {names,}{more}. Which of them is meant?',
  'read-sheet': 'Read the sheet {name}',
  'which-layer': 'The file has {count} layers of polygons. Which of them are the wards?',
  'read-layer': '{name} ({features} features)',

  'attribute-of-wards':
    'No attribute of the boundaries has a name by which ward names are known. Which one names the wards?',
  'attribute-values': '{name}: {values,}',

  'codes-contradict':
    '{count} of {compared} wards have the code of a boundary with another name: {examples,}. ' +
    'Which is right, the codes or the names?',
  'codes-right': 'The codes: join by code, whatever the names',
  'names-right': 'The names: join by name, and do not use the codes',
  'neither-right': 'Neither: leave these wards without a boundary',

  'place-of-boundaries': '{found}. Are the boundaries in their place?',
  'place-of-boundaries-swapped': '{found}; with exchanged axes they would fit. Are the boundaries in their place?',
  'coordinates-elsewhere':
    'The coordinates in the ward table lie elsewhere than the boundaries, ' +
    'which reach from {from,} to {to,} (longitude, latitude)',
  'states-elsewhere':
    'The states that are named lie elsewhere than the boundaries, ' +
    'which reach from {from,} to {to,} (longitude, latitude)',
  'leave-place': 'Yes: leave them as they are',
  'exchange-axes': 'No: exchange their longitude and latitude',
} as const
