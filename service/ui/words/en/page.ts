/** The texts of index.html, which the build fills in. `{{wards.formats}}` and its like are filled in after them. */
export const page = {
  lang: 'en-GB',
  otherPath: '/fr',
  otherLang: 'fr',
  otherName: 'Français (ébauche)',
  description: 'Rank wards by malaria risk and plan bed nets, from a ward table and boundaries.',
  title: 'ChatMRPT: rank wards by malaria risk',
  skip: 'Skip to the main content',
  end: 'End session',
  stations: 'Stations',
  kept: 'None of your data is kept in this browser. Everything here can also be done with',
  api: 'the API',
  explained: 'Every step and every word is explained in',
  guide: 'the guide',
  heading: 'Rank wards by malaria risk',
  script: 'This page needs JavaScript. The same job can be done with the API: see',
  notStarted:
    'This page has not started. Its browser may be too old: it needs a current Chrome, Edge, Firefox or Safari. Then ' +
    'reload the page.',
  itsDescription: 'its description',
  wards: 'Wards',
  lead:
    'From a table of wards and their boundaries to nets you can defend: what was found in the files, which indicators ' +
    'count, which wards come first, how firm that is, and who gets nets.',
  promise: 'What you upload belongs to this session alone. Ending the session deletes it.',
  data: 'Data',
  sample: 'Use the sample',
  invented: 'About 60 invented wards:',
  table: 'table',
  outlines: 'boundaries',
  drop:
    'Drop your files anywhere on this page, several at once, or choose them here. They are kept as they are until you ' +
    'end the session, with what their programs wrote into them, such as the name of an author.',
  wardTable: 'Ward table',
  wardHelp:
    '{{wards.formats}}, one row per ward: a column WardName or WardCode, and a column of numbers for each indicator. ' +
    'Up to {{wards.mib}} MiB.',
  chooseWards: 'Choose the ward table',
  boundaries: 'Boundaries',
  optional: 'optional',
  boundaryHelp:
    '{{boundaries.formats}}. Up to {{boundaries.mib}} MiB. Without boundaries there is no map, and missing values are ' +
    'filled with the mean of the column.',
  chooseBoundaries: 'Choose the boundaries',
  positivity: 'Test positivity from facility reports',
  facilityTable: 'Facility table',
  facilityHelp:
    '{{facilities.formats}}, one row per facility and month, with columns for the ward, the facility, and the people ' +
    'tested and found positive, as DHIS2 exports them. Up to {{facilities.mib}} MiB. Test positivity becomes one more ' +
    'possible indicator. Without a ward table, the wards of this table are used.',
  chooseFacilities: 'Choose the facility table',
  projects: 'Your projects',
  project: 'Project file',
  projectTitle: 'Save your work, or go on with saved work',
  projectHelp:
    'A project file holds your files, your choices, the rankings and the plans. Opening one puts its contents in the ' +
    'place of everything in this session. Up to 256 MiB.',
  saveProject: 'Save project',
  withChat: 'with the conversation',
  openProject: 'Open project',
  found: 'What was found',
  indicators: 'Indicators',
  noWards: 'Add a ward table first:',
  toData: 'go to the data',
  results: 'Results',
  nets: 'Nets',
  ask: 'Ask',
  askHelp:
    'Ask about your wards in your own words: figures, lists, charts, ranks, nets. Every answer says what it rests on.',
  conversation: 'Conversation',
  question: 'Your question',
  example: 'How many wards have rainfall above 800?',
  views: 'Views',
  endTitle: 'End this session?',
  endText: 'Your files and results will be deleted and cannot be brought back. Download what you need first.',
  endNo: 'Keep working',
  endYes: 'End session and delete my data',
  sessions: 'Your sessions',
  endingDeletes: 'Ending a session deletes the files and results in it.',
  close: 'Close',
  endOthers: 'End all others',
  signOut: 'Sign out here',
  keepThere: 'Keep what is there',
} as const
