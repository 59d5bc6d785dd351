import { account } from './en/account.ts'
import { project } from './en/project.ts'
import { projects } from './en/projects.ts'
import { about, arena, ask, made, why } from './en/answers.ts'
import { data, found, joined, missing, names, positivity, quality, questions, reading } from './en/data.ts'
import { compare, exceptions, nets, plan, scenarios, sureNets } from './en/nets.ts'
import { downloads, filters, indicators, lgas, map, results, table } from './en/results.ts'
import { http, marks, rail, session, shell, stations, tabs } from './en/shell.ts'

/** In English, questions, findings and errors are shown as the service words them. Other languages word them by their kinds. */
const said: Readonly<Record<string, string>> = {} as const

/**
 * All words of the page but those of index.html and of the service's own answers, in English. A text with values is a
 * function of them. Another language is another object of the same shape.
 */
export const words = {
  about,
  account,
  arena,
  ask,
  compare,
  data,
  downloads,
  exceptions,
  filters,
  found,
  http,
  indicators,
  joined,
  lgas,
  made,
  map,
  marks,
  missing,
  moreNotShown: (count: string): string => `${count} more are not shown here.`,
  names,
  nets,
  plan,
  positivity,
  project,
  projects,
  quality,
  questions,
  rail,
  reading,
  results,
  said,
  scenarios,
  sureNets,
  session,
  shell,
  stations,
  table,
  tabs,
  why,
} as const
