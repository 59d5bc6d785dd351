import type { Direction } from '../ward-table.ts'

/** What an indicator is about, which way it points, and the words of its name that show it. */
export interface DirectionRule {
  /** What is measured. Indicators of one subject say nearly the same, so one of them is suggested. */
  readonly subject: string
  /** The name has a word of each of these lists. Words are separated by spaces. */
  readonly all: readonly string[]
  /** The name has none of these words. */
  readonly without?: string
  /** Null if it is not known in general. */
  readonly direction: Direction | null
  /** Why it points this way. */
  readonly why: string
  /** Several of this subject are suggested: they measure malaria itself, in other ages, months or ways. */
  readonly several?: true
}

const RATIO = 'rate percent pct perc percentage share proportion prop fraction ratio per taux index'
const DISTANCE = 'distance distances dist far distancia'
const NETS = 'net nets itn itns llin llins bednet bednets moustiquaire moustiquaires'
const LACK = 'gap gaps need needs needed without lack missing required shortage unmet deficit'
const WATER =
  'water river rivers lake lakes stream streams swamp swamps wetland wetlands marsh dam dams irrigation canal waterbody ' +
  'waterbodies breeding eau fleuve riviere agua rio'
const WASTE = 'dumpsite dumpsites dump refuse garbage waste'
const CARE =
  'clinic clinics hospital hospitals facility facilities hf health phc care treatment pharmacy chw doctor sante centre ' +
  'center road roads market markets school schools town towns city cities pave'
const BAD_HOUSING =
  'poor unimproved mud thatch thatched traditional substandard informal crowding crowded overcrowding overcrowded ' +
  'density unfinished natural'

/**
 * The directions of indicators by the words of their names: the one place that decides them. The first rule that fits
 * counts. Its order is also that in which indicators are suggested: first what measures malaria, then what carries it,
 * then who is exposed.
 *
 * Most mechanisms are those of WHO's World malaria report and its guidelines for malaria; where a paper is the source
 * it is named. What is known to point either way stands here without a direction, so that nobody adds it again.
 */
export const DIRECTION_RULES: readonly DirectionRule[] = [
  {
    subject: 'population density',
    all: ['population pop people', 'density densite'],
    direction: null,
    why: 'dense wards have fewer breeding places but more people at each of them, so it can point either way',
  },
  {
    subject: 'water index',
    all: ['ndwi mndwi'],
    direction: null,
    why: 'two different indices have this name, one of open water and one of moist leaves, and they point differently',
  },
  {
    subject: 'accessibility',
    all: ['accessibility'],
    direction: null,
    why: 'it can be a travel time or the ease of travel, which point in opposite ways',
  },
  {
    subject: 'test positivity',
    all: ['tpr positivity positivite positividade positividad'],
    direction: 'direct',
    why: 'the share of tests that are positive measures malaria itself',
    several: true,
  },
  {
    subject: 'test positivity',
    all: ['positive positives', RATIO],
    direction: 'direct',
    why: 'the share of tests that are positive measures malaria itself',
    several: true,
  },
  {
    subject: 'lack of nets',
    all: [NETS, LACK],
    direction: 'direct',
    why: 'people without a net are bitten more',
  },
  {
    subject: 'nets',
    all: [NETS],
    direction: 'inverse',
    why: 'people who have or use nets are bitten less',
  },
  {
    subject: 'prevalence',
    all: ['pfpr pvpr prevalence parasitaemia parasitemia'],
    direction: 'direct',
    why: 'the share of people with the parasite or the disease measures the burden itself',
    several: true,
  },
  {
    subject: 'incidence',
    all: ['incidence api'],
    direction: 'direct',
    why: 'new cases per person and time measure the burden itself',
    several: true,
  },
  {
    subject: 'incidence',
    all: ['cases malaria fever deaths admissions paludisme fievre', RATIO],
    without: `treatment treated tested coverage ${LACK}`,
    direction: 'direct',
    why: 'cases and deaths per person measure the burden itself',
    several: true,
  },
  {
    subject: 'mortality',
    all: ['mortality u5mr mortalite'],
    direction: 'direct',
    why: 'malaria is a leading cause of death of children where it is common',
  },
  {
    subject: 'rainfall',
    all: [
      'rain rains rainfall rainy precipitation precipitations precip pluviometrie pluie pluies precipitacao chuva lluvia mvua chirps',
    ],
    direction: 'direct',
    why: 'rain fills the pools in which Anopheles breeds',
  },
  {
    subject: 'vegetation',
    all: ['evi ndvi ndmi savi vegetation greenness'],
    direction: 'direct',
    why: 'green land is moist and shaded, where mosquitoes live longer',
  },
  {
    subject: 'distance to water',
    all: [DISTANCE, WATER],
    direction: 'inverse',
    why: 'mosquitoes breed in and near water, so people far from it are bitten less',
  },
  {
    subject: 'distance to waste',
    all: [DISTANCE, WASTE],
    direction: 'inverse',
    why: 'waste holds water in which mosquitoes breed, so people far from it are bitten less',
  },
  {
    subject: 'distance to care',
    all: [`${DISTANCE} time travel`, CARE],
    direction: 'direct',
    why: 'people far from care, roads and markets are treated late and reached last',
  },
  {
    subject: 'distance to care',
    all: ['travel', 'time'],
    direction: 'direct',
    why: 'people far from care, roads and markets are treated late and reached last',
  },
  {
    subject: 'lack of protection',
    all: ['coverage vaccination immunization immunisation smc iptp irs treatment', `${LACK} failure`],
    direction: 'direct',
    why: 'people whom services do not reach are less protected',
  },
  {
    subject: 'protection by health services',
    all: [
      'coverage couverture vaccination vaccinated vaccine immunization immunisation smc ipt iptp irs sprayed spraying ' +
        'chemoprevention treatment treated act penta measles anc',
    ],
    without: 'vegetation forest tree canopy cloud land crop',
    direction: 'inverse',
    why: 'people whom health services reach are protected and treated',
  },
  {
    subject: 'housing',
    all: ['housing logement logements habitation habitacao'],
    without: BAD_HOUSING,
    direction: 'inverse',
    why: 'good houses keep mosquitoes out (Tusting and others, 2015)',
  },
  {
    subject: 'housing',
    all: ['house houses dwelling dwellings roof walls wall floor habitat', 'quality improved good modern finished'],
    without: BAD_HOUSING,
    direction: 'inverse',
    why: 'good houses keep mosquitoes out (Tusting and others, 2015)',
  },
  {
    subject: 'poverty',
    all: [
      'poor poverty pauvrete slum slums informal deprivation deprived unimproved substandard crowding crowded ' +
        'overcrowding overcrowded mpi vulnerability illiteracy displaced idp idps mud thatch thatched',
    ],
    direction: 'direct',
    why: 'poor people live in houses that let mosquitoes in, and reach care late',
  },
  {
    subject: 'malnutrition',
    all: ['malnutrition stunting stunted wasting underweight anaemia anemia'],
    direction: 'direct',
    why: 'malaria and malnutrition make each other worse',
  },
  {
    subject: 'elevation',
    all: ['elevation elev altitude dem'],
    direction: 'inverse',
    why: 'it is colder higher up, and the parasite grows slowly or not at all',
  },
  {
    subject: 'standing water',
    all: [
      'flood floods flooding flooded inondation inondations swamp swamps wetland wetlands marsh stagnant irrigation ' +
        'irrigated rice waterlogged waterlogging inundation waterbody waterbodies',
    ],
    direction: 'direct',
    why: 'standing water is where Anopheles breeds',
  },
  {
    subject: 'standing water',
    all: ['water', 'surface body bodies presence standing open'],
    direction: 'direct',
    why: 'standing water is where Anopheles breeds',
  },
  {
    subject: 'wetness',
    all: ['wetness moisture'],
    direction: 'direct',
    why: 'wet soil keeps pools in which Anopheles breeds',
  },
  {
    subject: 'lights at night',
    all: ['viirs ntl nightlight nightlights radiance rad avgrad'],
    direction: 'inverse',
    why: 'lit places are built up and have fewer breeding places (Tatem and others, 2013)',
  },
  {
    subject: 'lights at night',
    all: ['night', 'light lights'],
    direction: 'inverse',
    why: 'lit places are built up and have fewer breeding places (Tatem and others, 2013)',
  },
  {
    subject: 'wealth',
    all: ['wealth wealthy income rwi revenu'],
    direction: 'inverse',
    why: 'households with means have better houses, nets and care',
  },
  {
    subject: 'education',
    all: ['education educated literacy literate schooling'],
    direction: 'inverse',
    why: 'educated households use nets and seek care earlier',
  },
  {
    subject: 'services',
    all: ['access quality improved electricity electrified sanitation'],
    direction: 'inverse',
    why: 'places with services are better protected and treated',
  },
  {
    subject: 'health facilities',
    all: ['facility facilities hospital hospitals clinic clinics'],
    direction: 'inverse',
    why: 'where there is care, malaria is treated early',
  },
  {
    subject: 'dumpsites',
    all: [WASTE],
    direction: 'direct',
    why: 'waste holds water in which mosquitoes breed',
  },
  {
    subject: 'humidity',
    all: ['humidity rh humidite'],
    direction: 'direct',
    why: 'mosquitoes live longer in humid air',
  },
  {
    subject: 'temperature',
    all: ['temperature temperatures temp lst tmean'],
    direction: 'direct',
    why: 'parasite and mosquito grow faster when it is warm, up to about 25 degrees; above, it turns (Mordecai and others, 2013)',
  },
  {
    subject: 'slope',
    all: ['slope pente'],
    direction: 'inverse',
    why: 'water runs off steep land',
  },
  {
    subject: 'settlement',
    all: ['settlement', 'type'],
    direction: 'direct',
    why: 'in the data of this method it is the share of poor or informal settlement',
  },
  {
    subject: 'rural',
    all: ['rural'],
    direction: 'direct',
    why: 'malaria falls where towns grow (Tatem and others, 2013)',
  },
  {
    subject: 'urban',
    all: ['urban urbanicity urbanisation urbanization urbain urbaine'],
    direction: 'inverse',
    why: 'malaria falls where towns grow (Tatem and others, 2013)',
  },
  {
    subject: 'distance to water',
    all: [DISTANCE],
    direction: 'inverse',
    why: 'a distance without a word for what it is to is taken as one to water, as the earlier system did',
  },
]
