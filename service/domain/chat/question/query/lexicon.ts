/**
 * The phrases that a question about figures is made of, each with what it stands for. A phrase is looked for before the
 * words in it. English, and Nigerian Pidgin with the words that officers write. A phrase stands here because a person
 * typed it; a word that is in none of these lists, is no name and is no number makes the rules ask.
 */
const PHRASES = {
  // What is asked about
  wards: 'every ward|ward|wards|area|areas|community|communities|place|places|location|locations|unguwa',
  lgas: `lga|lgas|other lgas|the other lgas|other lga|local government|local governments|local government area|local government areas|district|
    districts|council|councils|lg|lgs`,
  people: `people|pipo|pipol|pple|ppl|how many pipo|persons|person|residents|inhabitants|souls|population size|
      head count|headcount|number of people|how many people|how many persons|how many residents`,
  tiers: 'tier|tiers|risk tier|risk tiers|risk level|risk levels|risk class|risk category|risk group|risk groups',
  states: 'states|state|whole state|entire state|the state|state wide|statewide|our state',
  risk: `risk|risky|priority|prioritization|prioritisation|reprioritization|reprioritisation|
    for reprioritization|malaria risk|malaria|malaria burden|vulnerability|hazard|burden|sickness|danger`,
  rank: `carry number|rank|ranks|ranked|ranking|rankings|position|positions|number in the ranking|stand|stands|standing|
      stand in the ranking|stands in the ranking`,
  score: 'score|scores|risk score|risk scores|composite score|composite scores',
  // Figures
  count: 'how many|count|count of|counts|number of|total number of|how much|tally|counting|count up|count me|no of',
  sum: `sum|tot|sum of|sum up|total|totals|altogether|in all|combined|add up|sum total|overall total|
    in total|totalling|total of`,
  mean: 'mean|average|avg|means|averages|on average|typical|average value',
  median: 'median|medians|middle value',
  min: 'minimum|min|minimum value|least value|lowest value|smallest value',
  max: 'maximum|max|maximum value|highest value|greatest value|largest value',
  sd: 'standard deviation|std dev|std|sd|stdev|standard dev|std deviation|standard deviations',
  range: 'range|range of|spread of|min and max|minimum and maximum|lowest and highest value',
  quantile: 'percentile|percentiles|quantile|centile',
  lowerQuartile: 'lower quartile|first quartile|bottom quartile|1st quartile',
  upperQuartile: 'upper quartile|third quartile|top quartile|3rd quartile',
  share: `what %|which %|what share|what percentage|what percent|what proportion|what fraction|which share|
      which percentage|share|percentage|percent|proportion|fraction|what part|how big a share|
      how large a share`,
  correlation: `correlation|correlations|correlate|correlates|correlated|correlation coefficient|related|relate|
      relates|relationship|go together|goes together|goes with|go with|go hand in hand|goes hand in hand|
      associated|association|linked|move together|moves with|depend|depends|connected|connection|link|
      rise together|rises with|rise with|increase with|increases with|fall with|falls with|go up with|
      goes up with|drop with|drops with|decrease with|decreases with|vary with|varies with|change with|
      changes with|grow with|grows with|dey follow|follow each other|dey waka together`,
  weighted: 'weighted|weighted by|weighting|weigh by|weighted with|weighed by',
  describe: 'summarise|summarize|summary|statistics|stats|describe|values',
  // Order
  high: `highest|most|greatest|biggest|largest|top|maximal|tallest|longest|highest first|heaviest|max first|
    descending|largest first|greatest first|biggest first|pass all|plenty pass|pass|sotay|high pass|farthest first|
    furthest first|pass for|pass others|bigger pass|too much pass|the most|carry last no`,
  low: `lowest|fewest|smallest|bottom|shortest|least|minimal|lowest first|smallest first|ascending|
    least first|nearest first|closest first|small pass|low pass|the least|small small pass`,
  riskiest: `worry about most|worry most about|worry about the most|worry us most|concerned about most|focus on most|suffer pass|suffer malaria pass|suffers most|suffering most|suffer most|suffer pass for malaria|
      dey suffer pass|riskiest|most at risk|at highest risk|at greatest risk|most vulnerable|highest risk|
      greatest risk|top risk|most dangerous|most risky|at risk pass|in most danger|worst hit|
      worst affected|hardest hit|at most risk|dey risk pass|get malaria pass|malaria pass|
      malaria plenty pass|malaria dey pass|malaria too much|most affected|most endangered|neediest|
      most in need|highest malaria risk|greatest malaria risk|highest priority|risky pass|top priority`,
  safest: `safest|least at risk|at lowest risk|lowest risk|least vulnerable|least risky|at least risk|most safe|
      least dangerous|least affected|lowest malaria risk|safe pass|malaria no too dey|
      malaria no dey too much|malaria no plenty|malaria no dey much|malaria no much|malaria not too dey|
      malaria small pass|malaria small|no get plenty malaria|no get malaria too much|no dey risk too much|
      no dey at risk too much|lowest malaria burden|in least danger|lowest priority`,
  worst: 'worst|poorest|worst off|baddest',
  best: 'best|finest|best off',
  sorted: `sorted by|sort by|ordered by|order by|arranged by|arrange by|ranked by|in order of|in terms of|
      according to|in descending order of|based on|sorted|sorted on|order of`,
  byName: `alphabetical|alphabetically|in alphabetical order|alphabetical order|sorted by name|sort by name|
    ordered by name|order by name|a to z`,
  orderAscending: 'in ascending order of|ascending by',
  // Comparisons with a number
  '>': `over|above|more than|greater than|higher than|bigger than|larger than|exceeding|exceeds|exceed|
    beyond|longer than|further than|farther than|in excess of|hotter than|older than|wetter than|
    taller than|wey pass|dey above|don pass|plenty pass number|above the level of`,
  '<': `under|below|less than|lower than|fewer than|smaller than|no reach|not reach|never reach|
    no reach up to|not up to|no pass up to|nearer than|closer than|beneath|shorter than|drier than|
    cooler than|dey below|within|no up to`,
  '>=': `at least|not less than|no less than|no lower than|not lower than|not below|not under|a minimum of|
    minimum of|or more|and above|or above|or higher|and over|and more|or over|or greater|and up|reach|
    reaches|up to or more|at or above|greater than or equal to|no fewer than|not fewer than`,
  '<=': `at most|not more than|no more than|not above|not over|no higher than|not higher than|up to|
    a maximum of|maximum of|or less|and below|or below|or fewer|and under|or under|or lower|and less|
    at or below|less than or equal to|not exceeding|no pass|no exceed|not greater than|no dey pass|
    not pass|does not exceed|do not exceed`,
  '=': 'equal to|equals|equal|exactly|is exactly|precisely',
  '!=': 'not equal to|different from|unequal to',
  between: 'between|from|in between|ranging from|in the range|in the range of|anywhere from|dey between',
  to: 'to|until|till|through',
  // Comparisons with a figure of all wards
  aboveMean: `above average|above the average|higher than average|more than average|above the mean|over the mean|
      over the average|above mean|higher than the average|higher than the mean|greater than the mean|
      greater than the average|greater than average|more than the mean|more than the average|
      above the state average|above the state mean|higher than the state average|above the overall average|
      above the overall mean|pass average|pass the average|better than average|exceed the average|
      exceed the mean|exceeds the average|exceeds the mean|bigger than average|larger than average`,
  belowMean: `below average|below the average|lower than average|less than average|below the mean|under the mean|
      under the average|below mean|lower than the average|lower than the mean|less than the mean|
      less than the average|below the state average|below the state mean|lower than the state average|
      below the overall average|below the overall mean|no reach average|smaller than average|
      worse than average`,
  aboveMedian:
    'above the median|above median|over the median|higher than the median|greater than the median|more than the median',
  belowMedian: 'below the median|below median|under the median|lower than the median|less than the median',
  // Gaps
  missing: `missing|miss|misses|miss a value for|misses a value for|miss a value of|miss values for|
      lack a value for|lacks a value for|lack|lacks|lacking|blank|empty|no value|no value for|no values for|no value of|no figure for|
      no data for|no data on|no values|no figures for|no record of|no record for|without a value for|
      without a value of|without values for|without any|without data on|without data for|unknown|
      not recorded|not available|unavailable|is na|are na|na value|na values|null|missing value in|
      missing value for|missing value of|missing values in|missing values for|missing values of|
      missing data in|missing data for|missing data on|gaps in|no get value for|no get data for|
      no get value|no get figure for|undefined|not filled`,
  present: `not missing|present|available|recorded|have a value for|has a value for|a value for|with a value for|
      complete|filled|filled in|not blank|not empty`,
  // Adjectives that compare by a column
  comparative: `wetter|rainier|drier|dryer|hotter|warmer|cooler|colder|greener|more populous|more populated|
      more crowded|less populous|less populated`,
  // Against
  neg: `not|no|no get|isn|aren|don|doesn|haven|hasn|wasn|weren|didn|never|non|no be|no dey|no dey for|not in|
    neither|nor|wey no be|no fall|not be`,
  except: `but those|but the ones|but for|barring|except|excluding|exclude|excludes|outside|other than|apart from|besides|but not|minus|leaving out|
      leave out|all but|everything but|save for|aside from|outside of|not counting|not including|without|
      no add|no count|comot|remove|drop|ignore|ignoring|removing|dropping|not from|except for|no follow|
      ban da`,
  /** Too vague for a comparison: the rules ask how much. */
  vague: `more|less|small|big|large|little|few|plenty|poor|good|bad|great|strong|heavy|huge|tiny|too much|
      dense|sparse|enough|higher|lower|bigger|greater|fewer`,
  // Groups and links
  by: `by|per|for each|in each|of each|each|every|for every|in every|across|across the|within each|
    broken down by|break down by|grouped by|group by|split by|breakdown by|by each|one by one|
    for all the|separately for|with a row for each|according to each|for di different|between the|
    among the|over the|for the different`,
  across: 'among|amongst|of all|of all the|out of|out of all|from all',
  and: `and|plus|also|as well as|together with|along with|but|who also|that also|which also|still|and also|
    while|yet|then`,
  or: 'or|either|and or',
  versus: `higher in|lower in|greater in|more at risk than|riskier than|worse than|better than|safer than|
      more vulnerable than|vs|versus|against|compared with|compared to|compare|compares|comparing|
      comparison|difference between|than|relative to|differ|differs|side by side|contrast|difference|
      different|compare to|compare with|compared`,
  both: 'both',
  with: `with|have|has|having|get|gets|got|where|whose|wey get|that have|which have|that has|which has|had|
    that get|wey dey get`,
  of: 'of|on|about|regarding|concerning',
  in: `wey go|wey dey go|that go to|that went to|that goes to|going to|meant for|allocated to|given to|sent to|
    in|for|at|inside|within the|located in|found in|dey for|dey inside|wey dey for|that are in|
    which are in|lying in|situated in|belonging to|belong to|of the`,
  is: 'is|are|be|was|were|na|dey|being|been|am|stands at|sits',
  urban: 'urban|city|cities|town|towns|township',
  rural: 'rural|village|villages|countryside|bush',
  // The plan
  servedAny: `get nets|gets nets|got nets|receive nets|receives nets|received nets|will get nets|given nets|
      getting nets|receiving nets|allocated nets|with nets|are served|is served|get net|served with nets|
      got any nets|get any nets|got some nets|will receive nets|to get nets|go get nets|get some nets`,
  servedNone: `get no nets|gets no nets|got no nets|receive no nets|without nets|no nets|left without nets|
      get nothing|gets nothing|got nothing|receive nothing|no get nets|no get net|did not get nets|
      didn get nets|do not get nets|don get nets|not get nets|do not receive nets|will not get nets|
      not receive nets|not getting nets|not served|unserved|not get any nets|do not get any nets|
      will get no nets|no go get nets|receives no nets|will not receive nets|not receive any nets|
      did not receive nets|got zero nets|no get any nets|left with no nets|get zero nets`,
  servedPart: `partly served|partially served|part of its nets|part of their nets|only part of its nets|
      only part of their nets|some of its nets|some of their nets|partly covered|partially covered|
      partial nets|not all of its nets|not all of their nets|half served|only some of its nets|
      only some of their nets`,
  servedFull: `fully served|fully covered|full need|all their nets|all its nets|all of their nets|all of its nets|
      full nets|complete need|their complete need|its complete need|everything they need|completely served|completely covered|their full need|its full need|
      get everything they need|full allocation`,
  leftOut: `left out of the plan|left out|excluded from the plan|outside the plan|not in the plan|
      left out by the plan|dropped from the plan|out of the plan`,
  inPlan: `in the plan|by the plan|under the plan|in our plan|in this plan|by this plan|of the plan|
      in the net plan|according to the plan`,
  // Words of a figure, of a ranking and of the plan
  pcaRank: 'pca rank|pca ranking|rank by pca',
  pcaScore: 'pca score|pca scores',
  need: `nets needed|need for nets|net need|nets they need|nets it needs|required nets|nets required|
    net needs|need of nets`,
  nets: 'nets allocated|allocated|nets given|nets|net allocation|number of nets|bed nets|how many nets|nets received',
  covered: 'people covered|covered people|persons covered|people protected',
  // Charts
  histogram: `histogram|histograms|distribution|frequency chart|frequency distribution|frequency plot|
      distribution chart|distribution plot|how is distributed|spread chart|distributed`,
  scatter: 'scatter|scatter plot|scatterplot|scatter chart|scatter graph|scatter diagram|scattergram|dot plot|xy plot',
  box: `box plot|boxplot|box plots|boxplots|box and whisker|box and whiskers|box and whisker plot|box chart|
    whisker plot`,
  bar: 'bar chart|bar charts|barchart|bar graph|bargraph|bar plot|barplot|bars|column chart|bar',
  pie: 'pie chart|pie|piechart|pie graph|donut chart|doughnut chart|donut',
  matrix: `heatmap of correlation|heatmap of the correlation|correlation between all indicators|
      correlations between all indicators|correlation of all indicators|correlation between indicators|
      correlations between the indicators|correlation between all variables|
      correlation between all columns|all correlations|correlation among all indicators|correlation matrix|
      correlation heatmap|heatmap of correlations|heat map of correlations|correlation plot|
      correlation table|matrix of correlations|correlogram|correlation chart|heatmap of the correlations|
      matrix of the correlations`,
  plot: 'plot|plotted|chart|graph|charts|graphs|plots|figure of|visualise|visualize|draw|plotting',
  // Words that refer to the part before
  their: `their|they|them|those|these|those ones|these ones|that group|those wards|these wards|the same wards|
      am dem|dem|such wards|its|it|there`,
  // Adjectives that name a column
  populous: `populous|populated|most populous|most populated|most crowded|people plenty pass|plenty people pass|
      plenty pipo pass|get people pass|get population pass|most people|biggest population|
      largest population|get plenty people pass|people pass|most inhabitants`,
  unpopulous: `least populous|least populated|fewest people|smallest population|least people|lowest population|
      people no plenty|get small people pass`,
  wettest: `wettest|rainiest|rain pass|get rain pass|most rain|rain dey fall pass|heaviest rain|most rainfall|
      rain too much pass`,
  driest: 'driest|least rain|least rainfall|rain no dey fall|rain no too fall|dry pass|no get rain',
  hottest: 'hottest|warmest|hot pass|heat pass|sun hot pass',
  coldest: 'coldest|coolest|cold pass|cool pass',
  greenest: 'greenest|most vegetation|green pass|bush pass|leafiest',
  farthest:
    'farthest|furthest|farthest away|furthest away|most distant|remotest|most remote|far pass|far|distant|too far',
  nearest: 'nearest|closest|near pass|close pass|nearest to|closest to|least distant',
  land: `land big pass|biggest land|largest land|big land|land area|land size|get land pass|largest area|
    biggest area|land|surface area|biggest by area|largest by area|largest by land|land large pass|
    land wide pass`,
  landSmall: 'smallest land|land small pass|smallest area|smallest by area|land no big',
  highest: 'highest ground|highest altitude|sits highest|high pass for ground',
  far: 'dey far|is far|are far|live far',
  /** Words that a question may hold and that change nothing in it. */
  filler: `single|order|sort|arrange|wich|whch|a|an|the|this|that|what|which|who|where|when|how|does|do|did|will|would|
      can|could|should|may|please|kindly|pls|plz|show|give|get me|list|tell|display|find|see|want|
      need to know|like to know|know|me|us|i|we|you|my|our|your|ours|all|any|some|everything|only|just|
      also|so|now|then|there are|there is|are there|is there|do we have|we have|i have|do i have|value|
      value of|values of|value for|column|variable|indicator|figure|figures|number|level|levels|rate|rates|
      data|dataset|file|session|live|lives|living|reside|residing|found|fall|falls|falling|lie|lies|
      located|come|comes|stay|stays|wan|abeg|oga|wetin|una|wey|di|dis|dat|dem get|fit|sabi|ones|one|sef|
      sha|o|for us|for me|quick|quickly|exactly how|actually|currently|ok|okay|hello|hi|s|out|up|as|make|
      made|calculate|compute|work out|get the|table|table of|list of|names|names of|name|give me|show me|
      tell me|let me see|let me know|i want|i need|we need|i want to know|i would like to see|help me|if|
      whether|strongly|strong|close|closely|how closely|how strong|how strongly|too|very|really|each other|
      one another|overall|whole|entire|total list|across the state|in the state|in our state|in this state|
      of the state|in the data|in my data|in our data|in the file|right now|today|again|same time|
      at the same time|at once|together|respectively|breakdown|break down|result|results|answer|question|
      thanks|thank you|good morning|good afternoon|report me|view|print|return|pick|select|filter|identify|
      highlight|look up|provide|state the|get out|bring|bring out|carry come|oya|kindly show|check|
      according|based|say|have we|has been|do they have|do they|they have|is it|it is|here|between them|
      own|much|many|them all|full|complete list|complete list of|full list|full list of|further|ward level|
      level of|still dey|e|that one|those that|those who|that are|which are|who are|wey be|wey dey|to be|
      considered|classed|classified|classed as|classified as|labelled|marked|marked as|rated|rated as|put|
      placed|counted|category|class|group|band|bracket|side|wise|different|separate|separately|individual|told|heard|true|said|
      various|given|taken|size|amount|amounts|degree|extent|measured|reported|observed|happen|happens|
      happening|there`,
} as const

export type Tag = keyof typeof PHRASES

/** The longest phrase, in words. */
export const LONGEST_PHRASE = 6

/** What a phrase stands for. A phrase in two lists stands for the first. */
export const LEXICON: ReadonlyMap<string, Tag> = new Map(
  Object.entries(PHRASES)
    .reverse()
    .flatMap(([tag, phrases]) => phrases.split(/\|\s*/).map((phrase): [string, Tag] => [phrase, tag as Tag])),
)

/** Words that ask for something that is neither figures nor a chart: another rule reads the message. */
export const OTHERS_WORDS: ReadonlySet<string> = new Set([
  'allocate',
  'allocating',
  'analyse',
  'analysis',
  'analyze',
  'boundaries',
  'boundary',
  'choropleth',
  'cover',
  'csv',
  'define',
  'definition',
  'distribute',
  'distributing',
  'double',
  'download',
  'duplicate',
  'duplicates',
  'email',
  'enough',
  'excel',
  'explain',
  'export',
  'fair',
  'formula',
  'geojson',
  'halve',
  'hand',
  'handing',
  'household',
  'households',
  'leftover',
  'legacy',
  'map',
  'mapped',
  'maps',
  'meaning',
  'method',
  'pca',
  'pdf',
  'plan',
  'planning',
  'reanalyse',
  'reason',
  'reasons',
  'recompute',
  'redo',
  'remain',
  'remaining',
  'remains',
  'report',
  'rerun',
  'rule',
  'run',
  'save',
  'simulate',
  'spoiled',
  'spoilt',
  'spreadsheet',
  'suppose',
  'threshold',
  'unmatched',
  'upload',
  'uploaded',
  'whatsapp',
  'why',
])
