/** A ward as the invented cases know it. */
export interface TrueWard {
  readonly code: string
  readonly name: string
  readonly lga: string
  readonly state: string
  readonly population: number
  readonly rainfall: number
  readonly tpr: number
  readonly nets: number
}

function ward(code: number, lga: string, name: string, values: readonly [number, number, number, number]): TrueWard {
  const [population, rainfall, tpr, nets] = values
  return { code: `ZM${String(code).padStart(3, '0')}`, name, lga, state: 'Zamfara', population, rainfall, tpr, nets }
}

/** Twelve wards of three LGAs that are nowhere, with three indicators: rain in mm, positivity and use of nets in %. */
export const INVENTED: readonly TrueWard[] = [
  ward(11, 'Tumfafi', 'Bardoki', [14_210, 911.5, 38.4, 51.2]),
  ward(12, 'Tumfafi', 'Gidan Zuma', [8_905, 702.3, 22.1, 63.7]),
  ward(13, 'Tumfafi', 'Kwangami', [21_337, 1_015.9, 47.6, 40.9]),
  ward(14, 'Tumfafi', 'Ruwan Dorawa', [11_468, 838.2, 31.7, 58.3]),
  ward(21, 'Bakalori', 'Dan Marke', [17_092, 644.7, 18.9, 71.4]),
  ward(22, 'Bakalori', 'Faru', [9_731, 1_120.4, 55.2, 33.8]),
  ward(23, 'Bakalori', 'Magamin Diddi', [13_554, 973.6, 41.3, 47.5]),
  ward(24, 'Bakalori', 'Sabon Birni', [25_118, 787.1, 27.8, 60.6]),
  ward(31, 'Kiyawa', 'Tsafe Ta Kudu', [7_846, 859.3, 35.5, 54.1]),
  ward(32, 'Kiyawa', 'Ungogo', [19_263, 1_066.8, 50.7, 37.2]),
  ward(33, 'Kiyawa', 'Wanke', [12_679, 731.9, 25.4, 66.5]),
  ward(34, 'Kiyawa', 'Yandoton', [10_387, 944.8, 43.9, 45.3]),
]

export const COLUMNS = ['Population', 'rainfall', 'tpr_u5', 'itn_use'] as const

/** The values of a ward in the order of `COLUMNS`. */
export function valuesOf({ population, rainfall, tpr, nets }: TrueWard): readonly number[] {
  return [population, rainfall, tpr, nets]
}

/** The cells of a plain table: code, ward, LGA, state and values. */
export function cellsOf(one: TrueWard): string[] {
  return [one.code, one.name, one.lga, one.state, ...valuesOf(one).map(String)]
}

export const HEADER: readonly string[] = ['WardCode', 'WardName', 'LGA', 'State', ...COLUMNS]
