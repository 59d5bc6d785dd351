import type { Ward } from './truth.ts'

const NAMES =
  'Maikalwa Ruggar Tsohuwa Kwanar Gulbi Bakin Kasuwa Dorayi Katanga Zangon Lamba Yelwa Fakai Sakaba Tungar ' +
  'Rijau Kasuwa ' +
  'Wasagu Ribah Bena Kanya Danko Machika Unashi'
const LGAS = ['Argungu', 'Bunza', 'Chiroma', 'Fakara'] as const

/** 24 invented wards of four LGAs; two of them have one name. The figures follow from their places in the list. */
export function townWards(): readonly Omit<Ward, 'rank' | 'score' | 'tier'>[] {
  return NAMES.split(' ').map((name, at) => ({
    code: `TWN${String(at + 1).padStart(2, '0')}`,
    name,
    label: name === 'Kasuwa' ? `Kasuwa (TWN${String(at + 1).padStart(2, '0')})` : name,
    lga: LGAS[Math.floor(at / 6)] ?? '',
    people: 4_000 + ((at * 7_919) % 23_000),
    urban: at % 5 === 2 ? 80 + at / 2 : (at * 13) % 60,
    cells: {
      tpr: 12 + ((at * 29) % 47),
      mean_rainfall: 640 + ((at * 83) % 390),
      distance_to_water: 0.4 + ((at * 31) % 97) / 10,
    },
  }))
}

export function townCsv(): string {
  const rows = townWards().map(({ code, name, lga, people, urban, cells }) =>
    [code, name, lga, people, urban, cells['tpr'], cells['mean_rainfall'], cells['distance_to_water']].join(','),
  )
  return ['WardCode,WardName,LGA,population,urban_percentage,tpr,mean_rainfall,distance_to_water', ...rows, ''].join(
    '\n',
  )
}
