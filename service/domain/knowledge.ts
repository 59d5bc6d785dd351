/** What the service can tell without any data: a short text of its own words, and the publication it rests on. */
export interface Topic {
  readonly id: string
  /** `method`: how this service computes. `malaria`: what is known of the disease and of nets. */
  readonly about: 'method' | 'malaria'
  readonly title: string
  /** What people call it, in lower case, words spaced: one of these in a question means this topic. */
  readonly names: readonly string[]
  readonly text: string
  readonly source: string
}

const WHO_GUIDELINES = 'WHO Guidelines for malaria, Geneva: World Health Organization, 18 February 2022, section 4 (Prevention)'
const WHO_COVERAGE = 'Achieving and maintaining universal coverage with long-lasting insecticidal nets for malaria control, WHO/HTM/GMP/2017.20, Geneva: World Health Organization, December 2017'
const OECD = 'OECD and Joint Research Centre of the European Commission, Handbook on constructing composite indicators: methodology and user guide, Paris: OECD, 2008, ISBN 978-92-64-04345-9'
const OWN_METHOD = 'The method of this service, as the report and analysis_results.json of every analysis repeat it'

/** The topics; the longest name found in a question decides. */
export const TOPICS: readonly Topic[] = [
  {
    id: 'transmission', about: 'malaria', title: 'How malaria spreads',
    names: ['malaria', 'malaria spread', 'malaria spreads', 'malaria transmitted', 'malaria transmission', 'transmission', 'anopheles', 'plasmodium', 'mosquito', 'mosquitoes', 'parasite', 'parasites', 'malaria caused', 'causes malaria', 'catch malaria', 'get malaria'],
    text: 'Malaria is caused by Plasmodium parasites that infected female Anopheles mosquitoes carry from person to person when they bite, mostly at night. In the WHO African Region nearly all cases are of P. falciparum. The mosquito needs still water to breed, and the parasite needs warmth and time to ripen inside it, so transmission follows rain, temperature and the closeness of people to breeding places. It does not pass from person to person by touch or breath. It can be prevented and cured; young children and pregnant women are in most danger.',
    source: WHO_GUIDELINES
  },
  {
    id: 'burden-in-nigeria', about: 'malaria', title: 'The burden of malaria in Nigeria',
    names: ['burden of malaria', 'malaria burden', 'malaria in nigeria', 'cases in nigeria', 'deaths in nigeria', 'malaria deaths', 'malaria cases', 'how many people die', 'people die'],
    text: 'Nigeria has the greatest malaria burden of all countries. The World malaria report 2021 put its share at 27 percent of the world\'s cases and 31.9 percent of the deaths in 2020; the report of 2025 puts it at 24.3 percent of the cases and 30.3 percent of the deaths in 2024. Of the deaths in the African Region in 2020, about four of five were of children under five. These are estimates for whole countries: they say nothing about a single ward.',
    source: 'World malaria report 2021 and World malaria report 2025, Geneva: World Health Organization'
  },
  {
    id: 'risk-differences', about: 'malaria', title: 'Why risk differs from ward to ward',
    names: ['risk differ', 'risk differs', 'risk factors', 'factors of malaria', 'malaria risk factors', 'rainfall affect malaria', 'temperature affect malaria', 'rain affect malaria', 'rainfall matter', 'elevation matter', 'vegetation matter', 'climate', 'affects malaria', 'affect malaria', 'influences malaria', 'influence malaria', 'drives malaria', 'drive malaria'],
    text: 'Wards differ in what mosquitoes need and in what protects people. Rain makes pools to breed in, though heavy rain also flushes larvae away; vegetation and closeness to water stand for the same moisture. Warmth speeds the parasite\'s ripening in the mosquito: by one published table about 111 days at 16 °C and 19 days at 20 °C, so high and cool places have less transmission. Closed, well-built houses keep mosquitoes out, and distance to care delays treatment. An indicator that fits one area may say little in another, which is why this service shows each ward\'s ranking with its indicators.',
    source: 'Teklehaimanot et al., Malaria Journal 2004; 3:41, table 1 (temperature); Paaijmans et al., PLoS ONE 2007; 2(11):e1146 (rain and larvae); Tusting et al., PLoS Medicine 2017; 14(2):e1002234 (housing)'
  },
  {
    id: 'housing', about: 'malaria', title: 'Housing and malaria',
    names: ['housing and malaria', 'housing matter', 'housing quality matter', 'better housing', 'modern housing', 'houses and malaria', 'house affect malaria', 'housing affect malaria'],
    text: 'Houses with finished walls, roofs and floors let fewer mosquitoes in. Over 29 surveys in 21 African countries, children under five in modern houses had 9 to 14 percent lower odds of malaria infection than those in traditional houses, household wealth and net use being equal; children under treated nets had 15 to 16 percent lower odds. These are associations in surveys, not trials. That is why housing quality is taken as protective (inverse) unless you say otherwise.',
    source: 'Tusting et al., Housing improvements and malaria risk in sub-Saharan Africa, PLoS Medicine 2017; 14(2):e1002234'
  },
  {
    id: 'insecticide-treated-nets', about: 'malaria', title: 'Insecticide-treated nets',
    names: ['itn', 'itns', 'llin', 'llins', 'bed net', 'bed nets', 'bednet', 'bednets', 'insecticide treated net', 'insecticide treated nets', 'treated nets', 'long lasting insecticidal net', 'long lasting insecticidal nets', 'mosquito net', 'mosquito nets', 'nets work', 'nets protect', 'nets effective', 'nets help'],
    text: 'An insecticide-treated net (ITN; also LLIN, long-lasting insecticidal net) keeps mosquitoes from a sleeping person and kills or repels those that touch it, so that neighbours gain too. Trials gathered by Cochrane found that such nets lower child deaths, infections and episodes of malaria. They work best where the mosquitoes bite at night, once people are under their nets. Resistance to the insecticide (pyrethroids) weakens the effect, which is why nets with a second substance exist. WHO recommends nets it has prequalified for all people at risk.',
    source: `Pryce, Richardson and Lengeler, Insecticide-treated nets for preventing malaria, Cochrane Database of Systematic Reviews 2018, CD000363; ${WHO_GUIDELINES}`
  },
  {
    id: 'net-types', about: 'malaria', title: 'Nets against resistant mosquitoes',
    names: ['pbo', 'pbo net', 'pbo nets', 'piperonyl', 'insecticide resistance', 'pyrethroid', 'pyrethroids', 'resistance', 'resistant mosquitoes', 'mosquitoes resistant', 'types of nets', 'kinds of nets', 'net types', 'type of net'],
    text: 'Pyrethroid-only nets are the oldest kind. Where the main mosquitoes withstand pyrethroids, and do so by breaking the insecticide down, WHO recommends, with conditions, nets that also carry piperonyl butoxide (PBO), which blocks that mechanism. The choice needs resistance tests from the area. This service plans numbers of nets, not their kind.',
    source: WHO_GUIDELINES
  },
  {
    id: 'nets-per-person', about: 'malaria', title: 'Why one net for 1.8 people',
    names: ['1.8', '1.8 people', '1.8 persons', 'people per net', 'persons per net', 'nets per person', 'net per person', 'one net for', 'one net per', 'one net to', 'how many nets', 'many nets does', 'nets needed', 'need of nets', 'net need', 'quantification'],
    text: 'The aim of a campaign is one net for every two people. Many households have an odd number of members and get one net more than half their number, so that for buying WHO takes one net for every 1.8 people of the target population. The need of a ward is therefore its population divided by 1.8, rounded up. Where the last census is old, a further margin may be due. An analysis of household surveys came to a similar factor, 1.78, and to 1.60 with other losses counted in.',
    source: `${WHO_COVERAGE}; Kilian et al., How many mosquito nets are needed to achieve universal coverage?, Malaria Journal 2010; 9:330`
  },
  {
    id: 'universal-coverage', about: 'malaria', title: 'Universal coverage',
    names: ['universal coverage', 'universal access', 'full coverage', 'coverage mean', 'coverage target', 'itn coverage', 'net coverage'],
    text: 'Universal coverage of vector control means that everybody at risk has, and uses, an appropriate intervention: an effective net or indoor spraying. For nets, access is counted as one net for two people of a household. Having a net is not sleeping under it, so that surveys measure both. In a plan of this service "covered" means only that nets are there for so many people: the lesser of the population and 1.8 times the nets.',
    source: WHO_COVERAGE
  },
  {
    id: 'distribution-channels', about: 'malaria', title: 'How nets reach people',
    names: ['itns distributed', 'nets distributed', 'llins distributed', 'distributed', 'mass campaign', 'mass campaigns', 'campaign', 'campaigns', 'continuous distribution', 'routine distribution', 'distribution channels', 'channels', 'campaign and continuous', 'nets reach'],
    text: 'Nets reach people in two ways that belong together. A mass campaign gives free nets to every household of an area at once; WHO calls it the only proven and cost-effective way to reach high and equal coverage quickly. Continuous distribution, through antenatal care and immunisation and also schools or communities, fills the gaps that open at once after a campaign, as nets wear out and people are born and move. Where there are fewer nets than needed, somebody has to choose who comes first: that is what the ranking and the net plan are for.',
    source: WHO_COVERAGE
  },
  {
    id: 'net-durability', about: 'malaria', title: 'How long nets last',
    names: ['net durability', 'durability', 'wear out', 'nets wear', 'llins wear', 'itns wear', 'nets last', 'net last', 'llin last', 'llins last', 'itns last', 'lifespan', 'replace nets', 'nets replaced', 'net survival'],
    text: 'A net that tears or is given away no longer protects, and how long that takes depends mostly on how households use and care for it. The same product, followed over three years in three Nigerian states, had a median survival of 3.0 years in Nasarawa, 4.5 in Cross River and 4.7 in Zamfara. Over ten sites in four countries the median ran from 1.6 to 5.3 years. A plan that counts on a fixed life of nets should be checked against local monitoring.',
    source: 'Kilian et al., Malaria Journal 2015; 14:123 (Nigeria); Variation of physical durability between LLIN products and net use environments, Malaria Journal 2021, doi 10.1186/s12936-020-03549-2'
  },
  {
    id: 'urban-and-rural', about: 'malaria', title: 'Town and country',
    names: ['urban and rural', 'rural and urban', 'urban areas', 'urban malaria', 'rural malaria', 'malaria in cities', 'malaria in towns', 'urban transmission', 'urban threshold mean', 'rural areas', 'urban wards served', 'urbanisation', 'urbanization', 'slum', 'slums'],
    text: 'A review of studies from 1970 to 2020 confirms that transmission is higher in rural than in urban places of sub-Saharan Africa. Cities are not free of it: unplanned growth can leave the urban poor with a disproportionate burden, and mosquitoes adapt to urban water. Average figures for a town hide such differences, so WHO and UN-Habitat ask for finely grained data. In a net plan here, wards whose urban share lies below your threshold are served first; that is a planning choice, which you set.',
    source: 'Urban malaria in sub-Saharan Africa: dynamic of the vectorial system and the entomological inoculation rate, Malaria Journal 2021, doi 10.1186/s12936-021-03891-z; Global framework for the response to malaria in urban areas, WHO and UN-Habitat, 2022'
  },
  {
    id: 'test-positivity', about: 'malaria', title: 'Test positivity rate (TPR)',
    names: ['tpr', 'test positivity', 'test positivity rate', 'positivity rate', 'positivity'],
    text: 'The test positivity rate is the share of people tested for malaria whose test is positive: 100 × positive ÷ tested. It comes cheaply from facility records, and high values go with much malaria among those who seek care. It is no measure of how many people in a ward are infected: it moves with who comes for a test, their age, where they live and which test is used. Few tests make it unsteady, so this service shows a 95 percent interval and how complete the reports are. Compare it between places only where testing is alike.',
    source: 'Francis et al., Health facility-based malaria surveillance: the effects of age, area of residence and diagnostics on test positivity rates, Malaria Journal 2012; 11:229; Kamau et al., PLoS ONE 2020, e0240058'
  },
  {
    id: 'rdt-and-microscopy', about: 'malaria', title: 'Rapid tests and microscopy',
    names: ['rdt', 'rdts', 'rapid test', 'rapid tests', 'rapid diagnostic test', 'rapid diagnostic tests', 'microscopy', 'rdt and microscopy', 'microscopy and rdt', 'rdt or microscopy', 'rdt vs microscopy', 'microscope', 'hrp2'],
    text: 'Microscopy looks for parasites in a blood smear; a rapid diagnostic test (RDT) shows a parasite protein. The protein HRP2 stays in the blood after the parasite is gone: half of the tests for it are still positive 15 days after treatment (range of estimates 5 to 32). RDTs of that kind therefore often give higher positivity than microscopy in the same patients. Microscopy depends on trained eyes and good slides. Do not mix the two in one comparison without saying so; this service lets you choose the method.',
    source: 'How long do rapid diagnostic tests remain positive after anti-malarial treatment?, Dalrymple et al., Malaria Journal 2018; 17:228; Kiemde et al., Malaria Journal 2017; 16:294 (both methods in the same children)'
  },
  {
    id: 'seasonal-chemoprevention', about: 'malaria', title: 'Seasonal malaria chemoprevention (SMC)',
    names: ['smc', 'seasonal malaria chemoprevention', 'seasonal chemoprevention', 'chemoprevention', 'spaq', 'sp aq'],
    text: 'Seasonal malaria chemoprevention gives children a full treatment course of amodiaquine with sulfadoxine-pyrimethamine once a month through the rainy season. WHO has recommended it since 2012 where transmission is highly seasonal, as in the Sahel, at first for children of 3 to 59 months. It prevents illness in the months when most cases fall. It stands beside nets and does not replace them.',
    source: 'Seasonal malaria chemoprevention with sulfadoxine-pyrimethamine plus amodiaquine in children: a field guide, World Health Organization, 2013'
  },
  {
    id: 'malaria-in-pregnancy', about: 'malaria', title: 'Malaria in pregnancy',
    names: ['iptp', 'pregnancy', 'pregnant', 'pregnant women', 'malaria in pregnancy', 'intermittent preventive treatment'],
    text: 'Malaria in pregnancy endangers mother and child. Where transmission is moderate to high in Africa, WHO recommends intermittent preventive treatment (IPTp) with sulfadoxine-pyrimethamine from the second trimester, doses at least one month apart, at least three in all. Treated nets and prompt treatment belong to the same package. Antenatal care is also a main channel for giving out nets.',
    source: 'WHO recommendation on intermittent preventive treatment of malaria in pregnancy, World Health Organization, December 2016'
  },
  {
    id: 'vaccines', about: 'malaria', title: 'Malaria vaccines',
    names: ['vaccine', 'vaccines', 'malaria vaccine', 'malaria vaccines', 'r21', 'vaccination'],
    text: 'Two vaccines against P. falciparum malaria are recommended by WHO for children in places where it is endemic: RTS,S/AS01, recommended in October 2021, and R21/Matrix-M, recommended in October 2023. They add to nets, chemoprevention and treatment and do not replace them. This service does not plan vaccines.',
    source: 'World Health Organization, news of 6 October 2021 (RTS,S) and of 2 October 2023 (R21/Matrix-M)'
  },
  {
    id: 'wards-and-lgas', about: 'malaria', title: 'Wards and local government areas',
    names: ['what is a ward', 'what is an lga', 'ward and an lga', 'ward and lga', 'wards and lgas', 'mean by ward', 'mean by lga', 'lga mean', 'ward mean', 'lga stand for', 'administrative level', 'administrative levels'],
    text: 'Nigeria has 36 states and the Federal Capital Territory, divided into 774 local government areas (LGAs), and these into wards. The ward is also the unit of primary health care: the Ward Health System of 2001 took the electoral ward as the health district. Ward names repeat between LGAs and are spelt in several ways, so that this service joins by code or by name within the LGA and shows every doubt.',
    source: 'Primary health care systems (PRIMASYS): case study from Nigeria, WHO/HIS/HSR/17.36, 2017; Ward Health System in Nigeria, American Journal of Public Health Research 2023; 11(2):44–50'
  },
  {
    id: 'national-plan', about: 'malaria', title: 'The national malaria strategic plan',
    names: ['nmsp', 'nmep', 'strategic plan', 'national plan', 'national malaria strategic plan', 'national malaria elimination programme', 'national target', 'national goal'],
    text: 'Nigeria\'s National Malaria Strategic Plan 2021–2025 aims at a parasite prevalence under 10 percent and at fewer than 50 deaths from malaria per 1,000 live births by 2025. It sorts the country into areas of low, medium, high and very high burden and fits the mix of interventions to each. The National Malaria Elimination Programme (NMEP) leads it.',
    source: 'National Malaria Strategic Plan 2021–2025, National Malaria Elimination Programme, Federal Ministry of Health, Abuja, 2020'
  },
  {
    id: 'reprioritisation', about: 'malaria', title: 'Choosing wards when nets are short',
    names: ['reprioritisation', 'reprioritization', 'deprioritisation', 'deprioritization', 'what is reprioritization', 'nets are short', 'short of nets', 'shortage of nets', 'not enough nets', 'dont have enough nets', 'don have enough nets', 'prioritise wards', 'prioritize wards'],
    text: 'When money for nets fell short, Nigeria\'s programme looked for a way to leave out the least vulnerable communities rather than to run out by chance. In Ilorin, Kwara State, wards were ranked by combinations of test positivity in children under five, settlement type, vegetation and distance to water, and the ranking was talked over with the people responsible before any ward was left out. The figures were a help to that decision, not the decision.',
    source: 'Ozodiegwu et al., Coproduction of a mixed-method framework for the deprioritization of communities during insecticide-treated bed net mass campaigns in Kwara Nigeria, Research Square 2024, doi 10.21203/rs.3.rs-4396649/v1; reviewed: BMC Global and Public Health 2025, doi 10.1186/s44263-025-00126-0'
  },

  {
    id: 'composite-score', about: 'method', title: 'The composite score',
    names: ['composite', 'composite score', 'composite scores', 'composite risk score', 'risk score', 'risk scores', 'wards ranked', 'wards scored', 'ranking work', 'ranking made', 'ranking computed', 'ranking calculated', 'ranks computed', 'score computed', 'score calculated', 'score mean', 'score worked', 'scores computed', 'scores calculated', 'scores mean', 'scoring', 'vulnerability score', 'risk computed', 'risk calculated'],
    text: 'Each indicator is brought into 0 to 1, 1 being riskiest here. Every subset of two or more indicators makes a model, whose value is the plain mean of its indicators; with k indicators (2 to 10) there are 2^k − k − 1 models. A ward\'s score is the median of its model values: score = median over models of mean(normalised indicators). Rank = 1 + the number of wards with a greater score, so equal scores share a rank. A rank is relative to the uploaded area; a score is no absolute risk.',
    source: `${OWN_METHOD}; on composite indicators and their robustness: ${OECD}`
  },
  {
    id: 'normalisation', about: 'method', title: 'Normalisation',
    names: ['normalisation', 'normalization', 'normalise', 'normalize', 'normalised', 'normalized', 'scaling', 'min max', 'zero to one'],
    text: 'An indicator is brought into 0 to 1 between its least and greatest value in your data. Direct (more is riskier): (x − min) ÷ (max − min). Inverse (more is safer): (max − x) ÷ (max − min). A column with one value only becomes 0.5 everywhere and tells no wards apart. Values depend on the area: adding wards with extremes changes them.',
    source: `${OWN_METHOD}; ${OECD}`
  },
  {
    id: 'direction', about: 'method', title: 'Direct and inverse indicators',
    names: ['direction', 'directions', 'direct', 'inverse', 'direct and inverse', 'protective', 'inverse indicator', 'direct indicator'],
    text: 'A direct indicator means more risk the greater it is; an inverse one means less. The first guess is by name: inverse when the name contains distance, elevation, altitude, slope, housing, quality, income, education, access, urban or facility. A guess can be wrong: distance to water may be inverse while distance to a clinic is direct. Say "treat distance as direct" and the ranking is made anew with your choice, which is recorded.',
    source: OWN_METHOD
  },
  {
    id: 'imputation', about: 'method', title: 'Missing values',
    names: ['imputation', 'impute', 'imputed', 'imputing', 'missing values', 'missing data', 'missing value', 'fill gaps', 'filled in', 'gaps filled', 'blanks filled', 'values filled'],
    text: 'A missing value is filled with the mean of the original values of the neighbouring wards, those whose boundaries share at least one point (queen contiguity). A ward whose neighbours have no value, and every gap when there are no boundaries, gets the mean of the column. All are computed at once from original values, so filled values never feed others. Each filled cell is listed with ward, column, value, how, and neighbours. A column without any value is refused as an indicator.',
    source: OWN_METHOD
  },
  {
    id: 'tiers', about: 'method', title: 'Tiers',
    names: ['tier', 'tiers', 'risk tier', 'risk tiers', 'risk category', 'risk categories', 'high medium low', 'high risk mean', 'risk levels', 'vulnerability categories'],
    text: 'Tiers cut the ranking in thirds. With n wards: High where rank ≤ ⌊n ÷ 3⌋, Low where rank > n − ⌊n ÷ 3⌋, Medium between; equal scores never fall into different tiers. High means the upper third of these wards, nothing more: in a safe area the High tier may be safe, and in a dangerous one the Low tier dangerous.',
    source: OWN_METHOD
  },
  {
    id: 'robustness', about: 'method', title: 'Robustness of a rank',
    names: ['robustness', 'robust', 'how sure', 'how certain', 'uncertainty', 'confidence', 'stable', 'sensitive', 'sensitivity'],
    text: 'A rank depends on which indicators are used. For each ward the service counts in what share of all models it is in the upper third, and the median of its ranks over the models. A ward that is in the upper third of nearly all models is High whatever the choice; one in half of them is High by the choice. Both figures stand beside the ranking.',
    source: `${OWN_METHOD}; ${OECD}`
  },
  {
    id: 'pca', about: 'method', title: 'Principal components (PCA), KMO and Bartlett\'s test',
    names: ['pca', 'principal component', 'principal components', 'principal component analysis', 'kmo', 'bartlett', 'bartlett test', 'kaiser meyer olkin', 'sphericity', 'explained variance', 'second opinion'],
    text: 'Principal component analysis (PCA) turns indicators that move together into few components; here it is a second opinion beside the composite score. Indicators are standardised, inverse ones turned round; score = Σ component × its share of the variance, over the first components (at most 3). It is shown only where the data bear it: KMO = Σr² ÷ (Σr² + Σp²), r being correlations and p partial correlations, must be at least 0.5, and Bartlett\'s test of sphericity must have p < 0.05. It also needs three or more indicators, and as many wards as indicators. How far both rankings agree is told by Spearman\'s rho and by the wards their upper thirds share.',
    source: `${OWN_METHOD}; Kaiser, A second generation little jiffy, Psychometrika 1970; 35:401–415; Kaiser and Rice, Little jiffy, mark IV, Educational and Psychological Measurement 1974; 34:111–117 (KMO in this form); Bartlett, A note on the multiplying factors for various χ² approximations, Journal of the Royal Statistical Society B 1954; 16:296–298`
  },
  {
    id: 'positivity-method', about: 'method', title: 'How test positivity is computed here',
    names: ['tpr computed', 'tpr calculated', 'tpr worked', 'compute tpr', 'calculate tpr', 'positivity computed', 'positivity calculated', 'compute test positivity', 'calculate test positivity', 'tpr formula', 'facility data', 'facility table'],
    text: 'From a table of facilities: months are summed per facility, tested = the greater of RDT and microscopy, positive = the greater of both, then summed over the ward (within its LGA, since ward names repeat). TPR = 100 × positive ÷ tested, with Wilson\'s 95 percent interval. For all ages together the sums of each method are taken and the greater rate shown. Rows with more positives than tests are refused and listed; TPR above 80, and reports less than half complete, are flagged.',
    source: `${OWN_METHOD}; Wilson, Probable inference, Journal of the American Statistical Association 1927; 22:209–212`
  },
  {
    id: 'net-plan', about: 'method', title: 'How the net plan is made',
    names: ['net plan', 'plan made', 'plan computed', 'plan calculated', 'plan work', 'itn plan', 'nets allocated', 'allocation', 'allocate nets', 'nets handed out', 'hand out nets', 'urban threshold', 'threshold', 'household rule', 'planning rule'],
    text: 'Each ward\'s need is ⌈population ÷ 1.8⌉, or with the household rule ⌈household size ÷ 2⌉ nets for each of ⌈population ÷ household size⌉ households. Wards whose urban share is below the threshold come first, by rank; then the others, by rank. Each gets its full need until the stock runs out, and the ward where it does gets what is left. Allocated + remaining = stock, always. Wards without a population are listed and left out; people covered = min(population, 1.8 × nets).',
    source: `${OWN_METHOD}; the 1.8 rule: ${WHO_COVERAGE}`
  },
  {
    id: 'joining', about: 'method', title: 'How wards are joined to boundaries',
    names: ['joined', 'joining', 'join', 'matched', 'matching', 'boundaries matched', 'boundaries joined', 'wards matched', 'name matching'],
    text: 'Wards are joined to boundaries by ward code where both files have one, else by name within the LGA. Names are compared without case, the word "ward", a state prefix and brackets, roman numerals as digits. A name that only resembles one (Ratcliff–Obershelp ratio of 0.8 or more) is a suggestion that you accept or refuse. Two candidates of the same name are never joined by guess.',
    source: OWN_METHOD
  },
  {
    id: 'legacy-mode', about: 'method', title: 'Legacy mode',
    names: ['legacy', 'legacy mode', 'earlier system', 'old system', 'previous system', 'standard mode', 'standard and legacy'],
    text: 'Legacy mode repeats what the earlier system showed, so that past decisions can be reproduced; it is not the method to decide by. It takes the reciprocal 1 ÷ (x + 10⁻¹⁰) for inverse indicators, which sends nearly all values to 0. Of six or more indicators it scores by the first five only, and it breaks ties by the order of rows. The direction of its PCA ranking is open: its first wards may be the safest.',
    source: OWN_METHOD
  }
]

/** The topic of that id or called by that name; null where there is none. */
export function topicOf(name: string): Topic | null {
  const wanted = name.trim().toLowerCase()
  return TOPICS.find(({ id }) => id === wanted.replaceAll(' ', '-')) ?? TOPICS.find(({ title, names }) => title.toLowerCase() === wanted || names.includes(wanted.replaceAll('-', ' '))) ?? null
}
