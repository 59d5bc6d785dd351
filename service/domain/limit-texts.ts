/** What a number must be, in the words of its schema's title. */
export const LIMIT_TEXTS = {
  percentage: 'a percentage from 0 to 100',
  'number-of-nets': 'a whole number of nets from 0 to 1,000,000,000',
  household: 'a household of 1 to 50 people',
  'people-per-net': 'a number of people per net from 1 to 10',
} as const
