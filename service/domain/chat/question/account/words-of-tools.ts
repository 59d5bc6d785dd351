import { TOOL_NAMES, TOOLS, type InputOf, type ToolName } from '../../tools.ts'
import { wordSet } from '../words.ts'

/**
 * Words that say nothing about the wards, whichever tool answers. A word that can be a condition, a number, a
 * comparison, a negation, a place, a time or a unit is not among them: "other", "own", "most", "half", "each", "only",
 * "not", "without", "last", "previous", "average", "per".
 */
export const COMMON = wordSet(
  `a an the this that these those it its i me my mine we us our ours you your yours he she they them their
    there here is are am was were be been being isn aren wasn do does did doing done can could will would shall
    should may might must have has had having of in on at to for from with by as into about and or so then also
    too now again ok okay please pls plz kindly abeg oga sir ma madam sef sha o na di dem una dey wey sabi
    thanks thank hi hello dear good day morning afternoon evening tell show shows give list see view display
    find fetch bring get got know want wants need like look looking let lets us help make say said ask asks
    asked asking question questions what which who whose where how wetin s t d ll re ve m re don director boss
    commissioner chairman officer colleague colleagues exactly actually really very quite just quickly briefly
    simply clearly today currently presently provide present generate produce open out up if any some one wan
    fit nah e g ie etc that well right able try trying go going come comes coming using use used based according
    thing things regarding concerning both`,
)
const WARDS = `
    ward wards area areas community communities place places location locations ones unguwa state whole entire
    overall all`
const LGAS = 'lga lgas local government governments district districts council councils'
const RISK = `
    risk risks risky riskier riskiest malaria burden vulnerability vulnerable hazard danger dangerous affected
    worry worrying endangered`
const RANK = `
    rank ranks ranked ranking rankings order ordered priority priorities prioritise prioritize prioritised
    prioritized prioritisation prioritization score scores scored number position positions place list composite
    pca`
const ENDS = `
    highest high higher top worst most greatest riskiest first lowest low lower least safest safer safe bottom
    fewest medium moderate middle tier tiers category categories class classes group groups level levels band
    bands neediest hotspot hotspots attention target targeted focus intervention interventions urgent urgently
    critical severe hit`
const ASKED = `
    why reason reasons explain explained explanation describe description detail details profile meaning mean
    means`
const DATA = `
    data dataset datasets file files table tables column columns variable variables field fields indicator
    indicators upload uploaded uploads contain contains inside row rows record records session available
    information info`
const FIGURES = `
    summary summaries summarise summarize statistic statistics stats overview mean average avg median min max
    minimum maximum range spread highest lowest most least value values figure figures distribution level levels
    typical rate trend deviation standard quartile quartiles`
const MEANT = 'meaning mean means meant measure measures stand stands'
const COMPARED = `
    compare compared compares comparing comparison vs versus against differ differs different difference
    differences contrast between side than better worse higher lower more less greater similar riskier safer
    same both above below next together`
const PLAN = `
    plan plans planned planning planner net nets itn itns llin llins bednet bednets bed beds mosquito treated
    insecticide insecticidal long lasting allocate allocated allocates allocating allocation distribute
    distributed distributes distributing distribution share shared sharing hand handing handed deploy deployed
    stock stocks available arrive arrives arrived donor donors donated donate campaign warehouse store stores
    depot truck trucks order receive received receives budget money afford bought buy purchased supply supplied
    delivered delivery gets got came partner partners ministry global fund pmi government nmep enough many much people
    person persons population everybody everyone`
const PLAN_CHANGES = `
    instead what if suppose assume assuming happens happen put change changes changed changing same scenario
    only just maybe rather revise revised update updated set run redo but still alone solely restrict limit
    limited left include including included back add adding added also total number lose loses lost win wins
    gain gains neediest needy`
/** Words of a stock that is told relative to the one before. */
export const RELATIVE = wordSet(
  `spoil spoils spoilt spoiled damaged stolen lost lose loses losing burnt torn expire expired shortfall half
    halve halved double doubled twice triple tripled thrice times reduce reduced reduces cut decrease decreased
    fewer less more minus subtract extra additional another plus increase increased raise raised grow away taken
    took down up top bad missing by percent left`,
)
const FACTS = `
    need needs needed needing require requires required cover covers covered coverage universal protect protects
    protected fully full every everyone everybody handed distributed totals total number many much still
    yet suffice sufficient enough gap take takes would served serve serves serving
    share part reach over reached reaches gets gotten getting summary summarise summarize given giving gives
    alone percent percentage proportion`
/** What is left of a stock, or what is not there for all. */
export const OF_REST = wordSet(
  `remain remains remaining remainder left leftover leftovers unallocated spare unused surplus kept lack lacks
    lacking short shortfall`,
)
const ABOUT_METHOD = `
    ${ASKED} define defined definition definitions difference differences between differ same as work works
    worked working calculate calculated calculates calculating compute computed computes computing made choose
    chosen choosing decide decided decides determine determined method methods methodology methodologies
    algorithm procedure approach workflow understand terms word words term idea concept briefly simple stand
    stands for kind kinds type types way role purpose point important matter matters happen happens read
    interpret much long good when thing simple words measure measured handle handled handles treat treated
    should use uses fill fills filled filling buy order procure ward wards risk risks score scores data analysis
    ranking rankings rank ranked plan plans net nets malaria people prevalence`

const CLEANED = `
    drop delete remove discard omit erase throw away rid filter clean take comot missing blank empty null
    without no lack lacks lacking gap gaps data value values don doesn not`
const TRENDS = `
    worse worsen worsened worsening deteriorated improved improving better become became becoming gotten getting
    report reports reporting completeness missing not year years over time trend trends many`

/** The words of a tool's own subject, beside the common ones; those of its description, where there are no others. */
const OWN: Readonly<Partial<Record<ToolName, string>>> = {
  describe_data: `${DATA} ${WARDS} ${LGAS} describe overview summary summarise summarize many much count number loaded`,
  check_quality: `
    ${DATA} ${WARDS} quality check checks checked missing gap gaps duplicate duplicates duplicated problem
    problems wrong error errors issue issues anything something unmatched match matched matches mismatch
    mismatches value values blank blanks empty outlier outliers incomplete complete completeness clean valid
    validate validation reliable trust ready boundary boundaries shapefile shape fit fits join joined filled
    fill impute imputed name names same share shares sharing identical double repeated repeat repeats twice
    namesake namesakes many clean good bad drop delete remove discard without no lack analysis gave given`,
  describe_variable: `${FIGURES} ${MEANT} ${DATA} ${WARDS} describe details detail`,
  ward_values: `
    ${FIGURES} ${COMPARED} data population people many much number live lives living total ward wards lga record`,
  query_wards: `${WARDS} ${LGAS} ${CLEANED} ${TRENDS}`,
  draw_chart: `${WARDS} ${TRENDS}`,
  propose_analysis: `
    ${DATA} ${WARDS} next now first start begin step steps suggest suggested suggestion suggestions recommend
    recommended propose proposed advise choose use set should after enter entered don put loaded load finished
    done step sheet sheets shapefile shapefiles boundary boundaries shape uploading loading just already
    everything yesterday completed complete proceed continue way forward guide guidance direct advice follows remains next`,
  run_analysis: `
    ${RANK} ${RISK} ${DATA} ${WARDS} analysis analyse analyze analysed analyzed analysing analyzing analyses run
    running rerun redo repeat repeating reanalyse reanalyze rescore rerank recompute recalculate calculate compute start
    begin launch perform assess assessment scoring include including included add adding exclude excluding drop
    dropping remove removing without except minus plus only not no don consider considering count put take
    taking treat treating assume set invert reverse inverting flip direct directly harmful inverse inverted
    inverting reversed protective beneficial everything every
    instead same distance`,
  rank_wards: `${WARDS} ${LGAS} ${RISK} ${RANK} ${ENDS} pass results result`,
  explain_ward: `
    ${ASKED} ${RANK} ${RISK} ${ENDS} ward lga cause causes caused drive drives driver drivers driving push
    pushes pushing makes made contribute contributes contributing contribution contributor contributors most
    main key biggest strongest important factor factors variable variables indicator indicators take takes move
    moves moving leave leaves drop fall exit stop no longer end ends ended like this really so highly badly
    director come second third fourth fifth sixth seventh eighth ninth tenth nd rd th st state stand stands
    standing score not no never carry`,
  near_wards: `${ASKED} ${RANK} ${RISK} ${ENDS} ward lga end ends ended so highly did like`,
  compare_wards: `${COMPARED} ${RANK} ${RISK} ${ENDS} ward wards why put`,
  show_map: `
    map maps mapped mapping plot plots draw visualise visualize visualised visualized picture choropleth heatmap
    spatial spatially geographic distribution across ${WARDS} ${LGAS} ${RISK} tier tiers category categories
    class classes level levels hotspots only just colour coloured score scores column variable indicator values
    value`,
  summarise_lgas: `
    ${LGAS} ${COMPARED} ${RANK} ${RISK} highest top worst most greatest riskiest first
    lowest least safest bottom summary summaries summarise summarize overview stand stands
    standing by each every per among all breakdown results result mean average state`,
  compare_rankings: `
    ${COMPARED} ${RANK} agree agrees agreement correlate correlates correlation spearman suitable suitability
    appropriate good valid two both method methods overlap consistent concordance match data analysis component
    components principal well much`,
  plan_nets: `${PLAN} ${PLAN_CHANGES} ${WARDS} ${LGAS}`,
  change_plan: `${PLAN} ${PLAN_CHANGES} ${WARDS} ${LGAS}`,
  plan_facts: `${PLAN} ${FACTS} ${WARDS} ${LGAS} risk tier tiers households each by first last`,
  count_nets_needed: `${PLAN} ${FACTS} ${WARDS} ${LGAS} risk tier tiers than more each every`,
  export_result: `
    planned stock export exports exported exporting download downloads downloading downloadable save spreadsheet excel xlsx
    workbook csv json geojson html pdf printable print document report reports file files plan plans net nets
    itn map maps analysis analyses result results output table data ${RANK} ${WARDS} send`,
  explain_method: ABOUT_METHOD,
  answer_knowledge: ABOUT_METHOD,
}

export const WORDS_OF_TOOLS: ReadonlyMap<ToolName, ReadonlySet<string>> = new Map(
  TOOL_NAMES.map((tool) => [tool, wordSet(OWN[tool] ?? described(tool))]),
)

function described(tool: ToolName): string {
  return TOOLS[tool].description.toLowerCase().replaceAll(/[^a-z]+/g, ' ')
}

/** What a plan gives to nobody, or only in part, is what these words ask for. */
export const OF_NONE = wordSet(
  `no none not nothing without zero unserved miss misses don doesn didn won will partial partly partially
    incomplete only some why`,
)
export const OF_OUT = wordSet('left out leave leaves excluded outside not no in why')
export const OF_FAIRNESS = wordSet(
  `urban rural town city village fair unfair fairness just unjust right wrong equitable ethical acceptable
    leave leaving left skip skipping skipped ignore ignoring exclude excluding excluded deny forget without last
    behind first before after ahead served serve serving threshold thresholds cutoff cut off which best
    recommended ideal suitable proper advise recommend recommends correct appropriate
    not need needs net nets people true them`,
)
export const LEFT_OUT = wordSet(
  `leave leaving out skip drop dropping remove removing exclude excluding excluded except without not no non
    ignore take minus outside hide but`,
)
export const OF_MODE = wordSet('mode legacy earlier system old previous standard rule method')
/** Words that say one choice of a plan, by its name in a call. */
export const OF_CHOICES: readonly (readonly [keyof InputOf<'change_plan'>, ReadonlySet<string>])[] = [
  ['where', LEFT_OUT],
  ['where', wordSet('tier tiers risk priority every among across')],
  [
    'urbanThreshold',
    wordSet('urban threshold cutoff cut off percent percentage share extent rule limit below under first'),
  ],
  ['householdSize', wordSet('household households hh family families size sizes member members average each rule per')],
  ['rule', wordSet('rule rules household households per person capita who method by')],
  ['mode', OF_MODE],
  ['ranking', wordSet('pca composite ranking rank ranked order priority score')],
  ['populationColumn', wordSet('population people column')],
  ['protect', wordSet('protect')],
]
