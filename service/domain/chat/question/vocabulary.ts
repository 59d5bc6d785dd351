import { EXPORT_KINDS } from '../../exports/kinds.ts'

/** The endings of the files that can be made, such as `csv`. Each of these words stands for an export. */
const ENDINGS: readonly string[] = EXPORT_KINDS.map((kind) => kind.slice(kind.lastIndexOf('.') + 1))

/** The things that a question can be about, each with the words for it. A word may stand for several things. */
export const CONCEPTS = {
  rank: 'rank ranks ranked ranking rankings order ordered prioritise prioritize prioritised prioritized priority priorities prioritisation prioritization reprioritise reprioritize reprioritisation reprioritization deprioritise deprioritize score scores scoring position standing',
  highest:
    'highest high higher top worst most riskiest greatest biggest largest maximum max first needy neediest vulnerable hotspot hotspots danger dangerous critical urgent urgently risky endangered worse attention severe hardest exposed',
  lowest: 'lowest low lower least safest bottom fewest smallest minimum min safe safer last best',
  risk: 'risk risks risky vulnerability vulnerable burden hazard malaria reprioritization reprioritisation prioritisation prioritization attention',
  ward: 'ward wards area areas community communities place places location locations where neighbourhood neighbourhoods',
  wards: 'wards areas communities places locations where',
  lga: 'lga lgas district districts government governments',
  tier: 'tier tiers category categories class classes band bands group groups',
  medium: 'medium middle moderate',
  why: 'why reason reasons explain explanation cause causes caused drives drive driver drivers driving makes made contribute contributes contributing justify because',
  about: 'about details detail profile breakdown',
  compare:
    'compare compared compares comparing comparison versus vs differ differs difference differences against contrast',
  map: 'map maps mapped mapping plot plots visualise visualize visualised visualized visualisation visualization choropleth draw heatmap geographic spatial spatially picture',
  data: 'data dataset datasets column columns variable variables field fields indicator indicators upload uploaded uploads file files table records contain contains',
  values:
    'value values average mean median range distribution minimum maximum summarise summarize summary statistics stats show shows describe highest lowest most least',
  quality:
    'quality missing gap gaps duplicate duplicates duplicated unmatched problem problems wrong error errors issue issues incomplete complete completeness clean outliers validate validation trust reliable blank blanks mismatch mismatches mismatched',
  analyse:
    'analyse analyze analysed analyzed analysing analyzing analysis analyses run rerun redo recompute recalculate calculate compute start begin launch perform assess assessment score scoring reanalyse reanalyze rescore rerank',
  change:
    'add include adding including drop remove exclude excluding without except removing dropping invert reverse treat treating consider considering',
  list: 'using with on by from indicators variables based',
  nets: 'net nets itn itns llin llins bednet bednets bednets mosquitonets',
  plan: 'plan plans planned planning planner allocate allocates allocated allocation allocating distribute distributes distributed distribution distributing share sharing hand handing handed stock deploy deployment',
  planning: 'plan planning allocate allocating allocation',
  whatIf: 'if instead suppose happens change changed changing same scenario assume assuming',
  export:
    'export exports exported exporting download downloads downloading downloadable save spreadsheet excel pdf printable print',
  report: 'report reports pdf printable print html document',
  method:
    'how what define definition meaning mean means method methodology methods formula computed calculated worked works work explain explains meant',
  methodology: 'method methods methodology methodologies algorithm procedure approach workflow',
  pca: 'pca principal components component kmo bartlett eigenvalue eigenvalues loadings',
  composite: 'composite',
  agree:
    'agree agrees agreement correlate correlates correlation spearman suitable suitability good appropriate valid overlap consistent concordance match similar',
  legacy: 'legacy',
  direct: 'direct directly harmful riskier',
  inverse: 'inverse inverted inverting invert reverse reversed protective beneficial safer',
  household: 'household households hh family families',
  perPerson: 'person capita',
  threshold: 'threshold cutoff cut limit urban urbanicity urbanization urbanisation',
  greeting:
    'hi hello hey sannu barka nagode salaam greetings morning afternoon evening thanks thank ok okay bye goodbye help menu options capabilities',
  off: 'weather football soccer poem joke song story movie film recipe bitcoin crypto president politics election homework essay capital lyrics game lottery horoscope translate python javascript code song music celebrity dating marriage',
} as const

export type Concept = keyof typeof CONCEPTS

/** Words that have no meaning of their own here. */
const FILLERS =
  'a an the this that these those it its they them their there here i me my mine we us our ours you your yours he she his her who whom whose which what when where why how is are was were be been being am do does did done doing have has had having can could will would shall should may might must let lets please kindly just only also too very really so then than now again and or but nor not no yes if of in on at to for from by with within without across into onto over under per as up out off down about between among during before after all any some each every both either neither other others another such same own one ones more most less get got give gives show shows shown showing display see view list lists tell find want wants need needs like make makes making made put set use used using take taking go goes going come look looking like know think would d ll s t re ve etc e g vs via their currently overall whole entire full total everything anything something nothing thing things based according much many number people person persons live lives living side sides end ended part state states level levels current latest new newest my result results wise back local mode bed mosquito treated insecticide insecticidal system version old earlier previous original standard default malaria today bring brings bringing pull fetch generate produce open load provide carry plus told heard true said abeg wetin dey wey dem una abi sabi oga sef sha pls plz'

/** Each known word with what it stands for. A filler stands for nothing. */
export const VOCABULARY: ReadonlyMap<string, readonly Concept[]> = new Map(
  `${FILLERS} ${Object.values(CONCEPTS).join(' ')} ${ENDINGS.join(' ')}`
    .split(' ')
    .map((word) => [word, meaningsOf(word)]),
)

function meaningsOf(word: string): readonly Concept[] {
  return Object.entries(CONCEPTS).flatMap(([concept, words]) =>
    ` ${words} `.includes(` ${word} `) || (concept === 'export' && ENDINGS.includes(word)) ? [concept as Concept] : [],
  )
}
