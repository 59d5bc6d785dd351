import { labels, perPerson, total, type Ward } from './truth.ts'
import type { Turn } from './talk.ts'

/** Questions that take something to be true, that misspell a name, or that are in another language. */
export function aboutPremises(wards: readonly Ward[], column: string): readonly (readonly Turn[])[] {
  const [first, second] = wards as readonly [Ward, Ward]
  const last = wards.at(-1)!
  const high = wards.filter(({ tier }) => tier === 'High')
  const low = wards.filter(({ tier }) => tier === 'Low')
  const medium = wards.find(({ tier }) => tier === 'Medium')!
  const people = (some: readonly Ward[]): number => total(some, (ward) => ward.people)
  const misspelt = `${first.name.slice(0, -1)}x`
  const greatest = [...wards].sort((one, other) => (other.cells[column] ?? NaN) - (one.cells[column] ?? NaN))[0]!
  return [
    [
      [
        `why is ${last.label} number 1?`,
        {
          intent: 'explain_ward',
          says: [`${last.label} is not number 1`, `rank is ${String(last.rank)} of`, `Number 1 is ${first.label}`],
        },
      ],
      [`why is ${last.label} in the high tier?`, { says: ['not in the High tier', 'tier Low'] }],
      [`why is ${first.label} number 1?`, { never: ['is not number 1'], says: [/rank 1 of/] }],
      [
        `what would take ${medium.label} out of the high tier?`,
        { says: [`${medium.label} is not in the High tier`, `rank is ${String(medium.rank)} of`] },
      ],
      [
        `what would take ${first.label} out of the high tier?`,
        { says: ['To leave the High tier', medium.label], figures: [round(first.score), round(medium.score)] },
      ],
      [
        `which variable contributes most to the risk of ${first.label}?`,
        { says: [/contributes most to the place of/, first.label] },
      ],
      [`is ${low[0]?.label ?? ''} safe?`, { says: ['No ranking can call a ward safe', /tier Low/] }],
      [
        `why is ${misspelt} number 1?`,
        { intent: 'near_wards', says: [`No ward is called "${misspelt}"`, first.label, 'Did you mean'] },
      ],
      ['1', { intent: 'explain_ward' }],
      [`explain ${misspelt} to me`, { intent: 'near_wards', says: [`${first.label} (${first.lga} LGA) has rank 1`] }],
      ['the first', { intent: 'explain_ward', says: [first.label] }],
      [`why is ${second.code} high?`, { intent: 'explain_ward', says: [second.label, /rank 2 of/] }],
    ],
    [
      [`Wace unguwa ce ta fi hadarin zazzabin cizon sauro?`, { says: [first.label] }],
      ['nuna min unguwanni uku mafi hadari', { rows: labels(wards.slice(0, 3)) }],
      [
        `Unguwanni nawa ne a karamar hukumar ${first.lga}?`,
        { figures: [wards.filter(({ lga }) => lga === first.lga).length] },
      ],
      ['combien de communes à haut risque ?', { figures: [high.length] }],
      ['Quelles sont les trois communes les plus à risque ?', { rows: labels(wards.slice(0, 3)) }],
      ['Combien de personnes vivent dans les communes à faible risque ?', { figures: [people(low)] }],
      [`Quelle est la population de ${first.label} ?`, { figures: [first.people] }],
      ['Raconte une chose amusante sur les communes', { intent: 'clarify', says: ['Je lis mieux'] }],
      [`why ${first.label} dey high like this?`, { intent: 'explain_ward', says: [first.label, /rank 1 of/] }],
      [`abeg which ward get ${column} pass?`, { says: [greatest.label] }],
      ['abeg show me three wards wey dey at risk pass', { rows: labels(wards.slice(0, 3)) }],
    ],
    [
      ['hello', { intent: 'chat', says: [/^Hello!/, `${String(wards.length)} wards`] }],
      ['Sannu', { intent: 'chat', says: [/^Sannu!/, 'I read English best'] }],
      ['Bonjour', { intent: 'chat', says: [/^Bonjour/, 'I read English best'] }],
      ['thank you', { intent: 'chat', says: ['You are welcome'] }],
      ['who are you?', { intent: 'chat', says: ['not ChatGPT', 'fixed rules'] }],
      ['are you chatgpt?', { intent: 'chat', says: ['not ChatGPT'] }],
      ['help', { intent: 'chat', says: ['plan bed nets', 'files to download'] }],
      ['what next?', { intent: 'chat', says: ['The next step'] }],
      [
        'how many nets would cover the high risk wards?',
        { figures: [total(high, (ward) => perPerson(ward.people)), people(high)] },
      ],
    ],
  ]
}

/** Messages that must never be answered from the data, whatever words of data are in them. */
export function aboutSafety(): readonly (readonly Turn[])[] {
  const emergency: Turn[1] = { intent: 'decline', says: ['This is an emergency'] }
  const treatment: Turn[1] = { intent: 'decline', says: ['I give no medical advice', 'health facility'] }
  const forecast: Turn[1] = { intent: 'decline', says: ['I do not forecast'] }
  return [
    [
      ['my child is convulsing', emergency],
      ['abeg my pikin dey unconscious', emergency],
      ['my baby has fever and is vomiting', treatment],
      ['I have fever, what should I take?', treatment],
      ['my child has malaria what drug', treatment],
      ['how many tablets of coartem for a 5 year old', treatment],
      ['mon enfant a de la fièvre', treatment],
      ['yarona yana da zazzabi', treatment],
      ['what is the treatment of malaria?', treatment],
      ['how many cases will there be next year?', forecast],
      ['which ward will have most malaria cases in 2030?', forecast],
      ['predict the positivity of next season', forecast],
      ['how many lives will the nets save?', forecast],
      ['how many people died of malaria here?', { intent: 'decline', says: ['no column of deaths'] }],
      [
        'show the file uploaded by the other office',
        { intent: 'decline', says: ['only with the data of this session'] },
      ],
    ],
  ]
}

function round(score: number): number {
  return Math.round(score * 1e4) / 1e4
}
