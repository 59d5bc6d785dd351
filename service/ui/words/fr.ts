import { account } from './fr/account.ts'
import { project } from './fr/project.ts'
import { projects } from './fr/projects.ts'
import { faultTexts } from './fr/fault-texts.ts'
import { findingTexts } from './fr/finding-texts.ts'
import { questionTexts } from './fr/question-texts.ts'
import { about, arena, ask, made, why } from './fr/answers.ts'
import { data, found, joined, missing, names, positivity, quality, questions, reading } from './fr/data.ts'
import { compare, exceptions, nets, plan, scenarios, sureNets } from './fr/nets.ts'
import { downloads, filters, indicators, lgas, map, results, table } from './fr/results.ts'
import { http, marks, rail, session, shell, stations, tabs } from './fr/shell.ts'
import type { words as english } from './en.ts'
import type { Worded } from './worded.ts'

/** All words of the page in French: a draft, until somebody who speaks it has read them. */
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
  moreNotShown: (count) => `${count} de plus ne sont pas montrés ici.`,
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
  said: { ...questionTexts, ...findingTexts, ...faultTexts },
  scenarios,
  sureNets,
  session,
  shell,
  stations,
  table,
  tabs,
  why,
} as const satisfies Worded<typeof english>
