import { problemTitles } from './problem-titles.ts'
import { counted } from '../counted.ts'

export const stations = {
  data: 'Data',
  indicators: 'Indicators',
  results: 'Results',
  nets: 'Nets',
  ask: 'Ask',
} as const

export const marks = { done: 'done', needs: 'needs you', stale: 'stale' } as const

export const tabs = { map: 'Map', results: 'List', nets: 'Nets', ask: 'Ask' } as const

export const rail = {
  noData: 'Add a ward table',
  questions: (count: number): string => `${counted(count, 'question')} to answer`,
  names: (count: number): string => `${counted(count, 'name')} to check`,
  found: (wards: number, onMap: number | null): string =>
    onMap === null ? counted(wards, 'ward') : `${counted(wards, 'ward')}, ${onMap.toLocaleString()} on the map`,
  toRank: 'Look, and rank the wards',
  indicators: (count: number): string => counted(count, 'indicator'),
  ranked: (wards: number, filled: number): string =>
    `${counted(wards, 'ward')} ranked${filled === 0 ? '' : `, ${counted(filled, 'value')} filled`}`,
  toPlan: 'Say how many nets there are',
  planned: (nets: string, covered: string): string => `${nets} nets, ${covered} covered`,
  ask: 'Questions in your own words',
} as const

export const session = {
  none: 'No session yet',
  until: (minutes: number, time: string): string =>
    `Session ends after ${counted(minutes, 'minute')} without use, at ${time} at the latest`,
  endsIn: (minutes: number): string => `Your session ends in ${counted(minutes, 'minute')}`,
  endsText: 'Your files and results are deleted with it. Go on, or download what you need.',
  goOn: 'Go on working',
  hasEnded: 'Your session has ended.',
  hasEndedText:
    'It was idle too long, reached its time limit, or was ended elsewhere, and its data are deleted. Choose your files ' +
    'again to start a new one.',
  wasEnded: 'The session has ended.',
  wasEndedText: 'Your files and results are being deleted.',
} as const

export const shell = {
  unfit: 'This browser cannot protect your data, so this page does nothing in it. It needs:',
  features: {
    secureContext: 'a connection by HTTPS',
    contentPolicy: 'content security policies',
    openerPolicy: 'windows that are apart from those that opened them',
    referrerPolicy: 'referrer policies',
    cookies: 'cookies of this site, which are switched off',
  },
  looking: 'Looking for your session …',
  pageFault: (error: string): string => `The page failed: ${error}`,
  cancel: 'Cancel',
  seconds: (count: number): string => `${String(count)} s`,
  tryNow: 'Try again now',
  tryingAgain: (seconds: number): string => `Nothing was lost. Trying again in ${counted(seconds, 'second')}.`,
  offline: 'You are offline',
  offlineText: 'What you see stays here. The page goes on by itself when the connection is back.',
  problems: {
    titles: problemTitles,
    otherTitle: 'That did not work',
    request: (id: string): string => `If it happens again, tell the operator of this service: request ${id}.`,
    line: (line: number): string => `line ${String(line)}`,
    column: (column: number): string => `column ${String(column)}`,
    pointer: (pointer: string): string => `at ${pointer}`,
  },
} as const

export const http = {
  noAnswer: 'The service did not answer. Check the connection.',
  cutOff: 'The answer was cut off. Check the connection.',
  notFetched: (filename: string): string => `${filename} could not be fetched. Check the connection.`,
  uploadCut: (filename: string): string => `The upload of ${filename} was cut off and starts again.`,
  larger: (filename: string): string => `${filename} is larger than was announced. Choose it again.`,
  storeFailed: (filename: string, code: string): string => `The object store could not take ${filename} (${code}).`,
  storeRefused: (filename: string, code: string): string =>
    `The object store refused ${filename} (${code}). Choose the file again.`,
  status: (status: number): string => `The service answered with status ${String(status)}.`,
} as const
