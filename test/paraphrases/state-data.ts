import { existsSync, readFileSync } from 'node:fs'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import type { Dataset } from '../../service/domain/dataset/dataset.ts'
import { readBoundaries } from '../../service/domain/files/boundary/read-boundaries.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import { analyse } from '../../service/domain/ranking/analyse.ts'
import { Conversation } from '../answers/ask.ts'
import type { Ward } from '../answers/truth.ts'

const GIVEN = new URL('../../../shared/data/', import.meta.url)

/** Why the states cannot be asked about, or false where their files are beside the repository. */
export const noStates = existsSync(new URL('state-275/wards.csv', GIVEN))
  ? false
  : 'the data of the states are not beside the repository'

/** A state: a conversation in which nothing was said, and one in which its wards were ranked. */
interface Talks {
  readonly fresh: Conversation
  readonly ranked: Conversation
}

/** Splits one line of a CSV whose cells may be quoted. */
function cellsOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
  )
}

function read(file: string): Buffer {
  return readFileSync(new URL(file, GIVEN))
}

async function readState(name: string): Promise<Dataset> {
  return joinWards(
    await readWards(read(`${name}/wards.csv`), 'wards.csv'),
    await readBoundaries(read(`${name}/boundaries.zip`), 'boundaries.zip'),
  )
}

function rankBy(dataset: Dataset, indicators: readonly string[]): Talks {
  const fresh = new Conversation(dataset)
  const talk = fresh.again()
  talk.say(`run the analysis with ${indicators.join(', ')}`)
  return { fresh, ranked: talk.again() }
}

/** 275 invented wards of 25 LGAs, and the same wards as plain rows. */
export async function tamburi(): Promise<Talks & { readonly wards: readonly Ward[] }> {
  const dataset = await readState('state-275')
  const indicators = ['mean_rainfall', 'mean_EVI', 'u5_tpr_rdt', 'elevation', 'distance_to_water', 'housing_quality']
  const ofCode = new Map(analyse(dataset, { indicators }).wards.map((ward) => [ward.wardCode, ward]))
  const [header = '', ...lines] = read('state-275/wards.csv').toString('utf8').trim().split(/\r?\n/)
  const columns = cellsOf(header)
  const wards = lines.map((line) => {
    const cells = Object.fromEntries(cellsOf(line).map((cell, place) => [columns[place] ?? '', cell]))
    const own = ofCode.get(cells['WardCode'] ?? '')
    if (own === undefined) throw new Error(`${line} is not ranked`)
    const { wardName, rank, score, tier } = own
    return { name: wardName, lga: cells['lga_name'] ?? '', rank, score, tier, cells }
  })
  return { ...rankBy(dataset, indicators), wards }
}

/** 66 wards of a city. */
export async function kano(): Promise<Talks> {
  return rankBy(await readState('kano'), ['test_positivity_rate', 'settlement_type_poor', 'rainfall'])
}
