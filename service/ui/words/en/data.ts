import { counted } from '../counted.ts'

interface Pair {
  readonly ward: string
  readonly boundary: string
}

function pairs(choices: readonly Pair[]): string {
  const [pair, another] = choices
  return pair === undefined || another !== undefined
    ? `${counted(choices.length, 'ward')} and their boundaries`
    : `${pair.ward} and ${pair.boundary}`
}

export const data = {
  roles: { wards: 'ward table', boundaries: 'boundaries', facilities: 'facility table' },
  incoming: (count: number): string => `${counted(count, 'file')} to take`,
  takenFor: (filename: string): string => `${filename} is taken for`,
  inUse: (names: readonly string[]): string =>
    names.length === 0 ? '' : ` ${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} in use and may be replaced`,
  kib: (count: string): string => `(${count} KiB)`,
  takeFiles: (count: number): string => `Take ${counted(count, 'file')}`,
  notNow: 'Leave it as it is',
  stillInUse: 'Still in use: ',
  remove: 'Remove',
  removeFile: (filename: string): string => `Remove ${filename}`,
  wasRead: (filename: string): string => `${filename} was read.`,
  wasRemoved: (filename: string): string => `${filename} was removed.`,
  next: 'Go on to the indicators',
  noCrs: 'coordinate system not stated, taken as longitude and latitude',
  crs: (name: string): string =>
    /WGS[_ ]?(?:19)?84|CRS84|4326/i.test(name) ? 'longitude and latitude' : `coordinates ${name}`,
  counts: {
    wards: (count: number): string => counted(count, 'ward'),
    columns: (count: number): string => counted(count, 'column'),
    boundaries: (count: number): string => counted(count, 'boundary', 'boundaries'),
    facilities: (count: number): string => counted(count, 'facility', 'facilities'),
    months: (count: number): string => counted(count, 'month'),
    rows: (count: number): string => counted(count, 'row'),
    impossible: (count: number): string => `${counted(count, 'row')} with counts that cannot be`,
  },
  replaceBySample: {
    title: 'Replace your files by the sample?',
    text: 'The sample takes the place of your ward table and your boundaries. A ranking of your files becomes stale.',
    yes: 'Use the sample',
  },
  uploadOf: (filename: string): string => `Upload of ${filename}`,
  uploading: (filename: string, percent: number, secondsLeft: number | null): string =>
    `Uploading ${filename}: ${String(percent)} %${secondsLeft === null ? '' : `, about ${counted(secondsLeft, 'second')} left`}`,
  stalled: (seconds: number): string =>
    `, and nothing has moved for ${String(seconds)} s. Wait, or cancel and choose the file again.`,
  waiting: (filename: string, percent: number): string =>
    `The upload of ${filename} is at ${String(percent)} % and waits for the network. It goes on by itself.`,
  reading: (filename: string): string => `Reading ${filename}`,
} as const

export const found = {
  tiles: {
    wards: 'Wards',
    matched: 'With a boundary',
    unmatched: 'Without a boundary',
    candidates: 'Possible indicators',
    missing: 'Missing values in these',
  },
  unused: (count: number): string => counted(count, 'boundary without a ward', 'boundaries without a ward'),
  repeated: (count: number): string => `${counted(count, 'ward')} whose name repeats`,
  columns: (count: number): string => `All ${counted(count, 'column')}`,
  columnTable: {
    caption: 'Columns of the ward table',
    headings: ['Column', 'Type', 'Missing', 'Least', 'Greatest', 'Use', 'More of it means'],
    noName: 'no name',
    candidate: 'possible indicator',
    noIndicator: 'not an indicator',
    directions: { direct: 'more risk', inverse: 'less risk' },
  },
} as const

export const quality = {
  title: (notes: number, missing: string): string =>
    `Data quality: ${counted(notes, 'note')}, ${missing} of the values missing`,
  by: { code: 'by code', name: 'by the same name', form: 'by another spelling of the name', hand: 'by hand' },
  boundaries: (count: number, crs: string | null, joins: readonly string[]): string =>
    `${counted(count, 'boundary', 'boundaries')}${crs === null ? '' : `, ${data.crs(crs)}`}; wards joined: ` +
    `${joins.length === 0 ? 'none' : joins.join(', ')}.`,
  caption: 'Quality of the possible indicators',
  headings: ['Indicator', 'Missing', 'Least', 'Greatest', 'Far from the rest, and not changed'],
  constant: 'the same in every ward: does not tell wards apart',
  more: (count: string): string => `; and ${count} more`,
} as const

export const missing = {
  title: (cells: number, columns: number): string =>
    `What is missing: ${counted(cells, 'value')} in ${counted(columns, 'column')}`,
  looking: 'Looking at what is missing.',
  picture: (wards: number, shown: number): string =>
    `Each stripe is one of the ${counted(wards, 'ward')} that lack a value, dark where it is missing` +
    `${shown < wards ? `; the first ${shown.toLocaleString()} are shown` : ''}. Missing values are filled in before ` +
    'the wards are ranked, and the result names each.',
  caption: 'Wards that lack a value',
  headings: ['Ward', 'What is missing'],
} as const

export const names = {
  title: (count: number): string =>
    count === 0 ? 'Every ward has a boundary' : `${counted(count, 'ward')} without a boundary`,
  text:
    'They are ranked, but are not on the map. What is ticked is likely the same place: look it over and join all at ' +
    'once. For the others, choose or search a boundary.',
  caption: 'Wards without a boundary',
  headings: ['Join', 'Your name', 'Boundary', 'Decide'],
  reasons: {
    'no such boundary': 'no boundary has this name',
    'a boundary of this name with other signs': 'a boundary has this name with other punctuation (- / _)',
  } as Readonly<Record<string, string>>,
  tick: (ward: string): string => `Join ${ward}`,
  boundaryFor: (ward: string): string => `Boundary for ${ward}`,
  search: (ward: string): string => `Search a boundary for ${ward}`,
  searchHint: 'name of a boundary',
  another: 'another boundary …',
  notSame: 'Not the same',
  notSameAs: (ward: string): string => `None of the suggested boundaries is ${ward}`,
  join: (count: number): string => `Join ${String(count)}`,
  joinOne: 'Join',
  undo: 'Undo the last join',
  saving: (count: number): string => `Saving ${counted(count, 'decision')}`,
  joined: (choices: readonly Pair[]): string => `${pairs(choices)} were joined.`,
  separated: (choices: readonly Pair[]): string => `${pairs(choices)} were separated.`,
  refused: (ward: string): string => `None of the suggested boundaries is ${ward}.`,
} as const

export const joined = {
  title: (count: number): string => `${counted(count, 'ward')} joined under another spelling`,
  caption: 'Wards joined under another spelling',
  headings: ['Ward', 'Boundary', 'Joined by', ''],
  by: {
    code: 'the same code',
    'name-form': 'the name, ignoring capitals, numerals and additions',
    accepted: 'a person',
  },
  separate: 'Separate',
  separateFrom: (ward: string, boundary: string): string => `Separate ${ward} from the boundary ${boundary}`,
  refusedTitle: (count: number): string => `${counted(count, 'pair')} refused`,
  refusedCaption: 'Refused pairs',
  refusedHeadings: ['Ward', 'Boundary', ''],
  joinAfterAll: (ward: string, boundary: string): string => `Join ${ward} to the boundary ${boundary} after all`,
} as const

export const questions = {
  label: 'Questions about the file',
  open: (count: number): string => `${counted(count, 'question')} to answer first`,
  answered: (count: number): string => `${counted(count, 'question')} answered`,
  takeBack: 'Take back',
  takeBackOf: (id: string): string => `Take back the answer to ${id}`,
  tookBack: 'The answer was taken back.',
  said: (label: string): string => `Answered: ${label}.`,
} as const

export const reading = {
  title: 'How the file was read',
  caption: (filename: string): string => `Columns of ${filename}`,
  headings: ['Column', 'Taken for', 'Why', 'For example'],
  columnIs: (name: string): string => `Column ${name} is taken for`,
  yourChoice: 'you said so',
  again: 'Read the file again',
  wasRead: 'The file was read again.',
  alike: (filename: string): string => `${filename} had the same columns.`,
  readAlike: 'Read this file as that one',
  readAs: (filename: string): string => `Read as ${filename}.`,
  fields: {
    sheet: 'Sheet',
    layer: 'Layer',
    encoding: 'Encoding',
    decimal: 'Decimals after',
    thousands: 'Thousands parted by',
    headerRow: 'Line of the header',
    missing: 'Marks of missing values',
  },
  signs: { '.': 'point (.)', ',': 'comma (,)', ' ': 'space', "'": "apostrophe (')", '': 'none' },
} as const

export const positivity = {
  questions: {
    age: {
      label: 'Who was tested',
      answers: {
        u5: 'children under 5',
        o5: 'people aged 5 and over, except pregnant women',
        pw: 'pregnant women',
        all: 'everybody',
      },
    },
    method: {
      label: 'By which test',
      answers: { both: 'both', rdt: 'rapid test (RDT)', microscopy: 'microscopy' },
    },
    facilityLevel: {
      label: 'At which facilities',
      answers: { all: 'all', primary: 'primary', secondary: 'secondary', tertiary: 'tertiary' },
    },
  },
  byYear: 'By year',
  times: {
    none: 'all years together',
    all: 'each year too, with the trend',
    sahel: 'each year too, with the trend of July to October (rains of the Sahel)',
    south: 'each year too, with the trend of April to October (rains of the south)',
  },
  time: {
    title: 'Test positivity by year',
    trend:
      'The trend is in percentage points a year, with 95 % bounds. It is up or down for certain only where both bounds ' +
      'are above or below 0.',
    ward: 'Ward',
    headings: ['Trend', 'From', 'To'],
    ofYear: (percent: string, reports: string): string => `${percent} % (${reports} % of reports)`,
  },
  measure: 'Measure test positivity',
  measuring: 'Measuring test positivity.',
  wasMeasured: 'Test positivity was measured.',
  hint: 'Other choices add another indicator.',
  measured: (of: {
    readonly known: number
    readonly wards: number
    readonly positive: string
    readonly tested: string
    readonly percent: string
    readonly months: number
  }): string =>
    ` is measured for ${counted(of.known, 'ward')} of ${String(of.wards)} in the facility table: ${of.positive} ` +
    `positive of ${of.tested} tested (${of.percent})` +
    `${of.months === 0 ? '' : `, over ${counted(of.months, 'month')}`}. It is listed with the indicators.`,
  byWard: (flagged: number): string =>
    `Test positivity by ward${flagged === 0 ? '' : `: ${counted(flagged, 'ward')} to check`}`,
  caption: 'Test positivity by ward',
  headings: ['Ward', 'LGA', 'Check', 'Tested', 'Positive', 'Positivity', '95 % interval', 'Months reported'],
  interval: (low: string, high: string): string => `${low} to ${high}`,
  flags: {
    'positivity above 80': 'positivity above 80 %',
    'completeness below 50': 'less than half of the months reported',
    'rows refused': 'some rows not counted',
  },
  notCounted: (count: number): string => `${counted(count, 'row')} not counted`,
  refusedCaption: 'Rows that were not counted',
  refusedHeadings: ['Line', 'Facility', 'Why'],
  notes: (count: number): string => `${counted(count, 'note')} on the facility table`,
} as const
