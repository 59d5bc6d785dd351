import { readFileSync } from 'node:fs'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import { analyse } from '../../service/domain/ranking/analyse.ts'
import { Conversation } from './ask.ts'
import { wardsOf, type Ward } from './truth.ts'

/** Data to ask questions about: a conversation in which the wards are ranked, and the same wards as plain rows. */
export interface DataSet {
  readonly conversation: Conversation
  readonly wards: readonly Ward[]
}

const STARTS = ['Ba', 'Do', 'Ki', 'Lu', 'Ma', 'Ra', 'So', 'Tu', 'Za', 'Ga']
const ENDS = ['biri', 'kanda', 'lawo', 'meshi', 'nduru', 'rogo', 'sanki', 'tabo', 'wuri', 'zemba']

/** A sequence of numbers from 0 to 1 that is always the same. */
function numbersFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

/** 84 wards of 7 LGAs, with columns whose names have spaces and dashes, and gaps. */
function coastCsv(): string {
  const next = numbersFrom(84)
  const lgas = ['Ekura', 'Folomi', 'Hansa', 'Jebbe', 'Okpara', 'Pandu', 'Wukira']
  const lines = Array.from({ length: 84 }, (_, at) => {
    const zone = ['Coastal', 'Inland', 'Riverine'][Math.floor(next() * 3)]
    const isUrban = next() < 0.25
    const positivity = (10 + 45 * next()).toFixed(1)
    return [
      `${STARTS[at % 10] ?? ''}${ENDS[Math.floor(at / 10)] ?? ''}`,
      lgas[at % 7],
      3_000 + Math.floor(next() * 42_000),
      at % 29 === 3 ? '' : positivity,
      (700 + 900 * next()).toFixed(2),
      at === 50 ? '' : (12 + 480 * next()).toFixed(1),
      (next() * 18).toFixed(3),
      isUrban ? 'Yes' : 'No',
      zone,
      (next() * 0.8).toFixed(4),
      Math.floor(next() * 900),
    ].join(',')
  })
  return [
    'Ward Name,LGA Name,Total Population,test-positivity,Mean Rainfall,Elevation,Distance to Health Facility,Urban,Zone,nets_per_capita,total',
    ...lines,
  ].join('\n')
}

/** 40 wards of a city without LGAs, with shares of one. */
function cityCsv(): string {
  const next = numbersFrom(40)
  const lines = Array.from({ length: 40 }, (_, at) =>
    [
      `${STARTS[at % 10] ?? ''}${ENDS[9 - Math.floor(at / 10)] ?? ''}`,
      5_000 + Math.floor(next() * 90_000),
      (next() * 100).toFixed(1),
      at === 7 ? 'NA' : (0.05 + 0.6 * next()).toFixed(3),
      (400 + 300 * next()).toFixed(1),
      (next() * 4_000).toFixed(0),
      next().toFixed(3),
      (22 + 9 * next()).toFixed(2),
    ].join(','),
  )
  return ['WardName,population,urban_percentage,tpr_u5,rain_mm,dist_to_clinic,housing,mean_temp', ...lines].join('\n')
}

async function dataSet(
  csv: string,
  names: readonly [string, string | null],
  indicators: readonly string[],
): Promise<DataSet> {
  const dataset = joinWards(await readWards(Buffer.from(csv), 'wards.csv'), null)
  const conversation = new Conversation(dataset)
  const reply = conversation.say(`Run the analysis with ${indicators.join(', ')}`)
  if (reply.calls[0]?.tool !== 'run_analysis') throw new Error(reply.text)
  return { conversation: conversation.again(), wards: wardsOf(csv, names, analyse(dataset, { indicators })) }
}

export async function sample(): Promise<DataSet> {
  const csv = readFileSync(new URL('../../service/sample/wards.csv', import.meta.url), 'utf8')
  return dataSet(
    csv,
    ['WardName', 'LGA'],
    ['test_positivity_rate', 'mean_rainfall_mm', 'elevation_m', 'housing_quality'],
  )
}

export async function coast(): Promise<DataSet> {
  return dataSet(coastCsv(), ['Ward Name', 'LGA Name'], ['test-positivity', 'Mean Rainfall', 'Elevation'])
}

export async function city(): Promise<DataSet> {
  const { conversation, wards } = await dataSet(cityCsv(), ['WardName', null], ['tpr_u5', 'rain_mm', 'housing'])
  conversation.say('plan 300,000 nets')
  return { conversation: conversation.again(), wards }
}
