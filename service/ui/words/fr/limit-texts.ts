import type { LIMIT_TEXTS } from '../../../domain/limit-texts.ts'

export const limitTexts = {
  percentage: 'un pourcentage de 0 à 100',
  'number-of-nets': 'un nombre entier de moustiquaires de 0 à 1 000 000 000',
  household: 'un ménage de 1 à 50 personnes',
  'people-per-net': 'un nombre de personnes par moustiquaire de 1 à 10',
} as const satisfies Readonly<Record<keyof typeof LIMIT_TEXTS, string>>
