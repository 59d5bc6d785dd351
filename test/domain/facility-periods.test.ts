import t from 'tap'
import { mayHold, periodWithin, readPeriod } from '../../service/domain/files/period.ts'

t.test('readPeriod() reads each spelling of a period as the same', async (t) => {
  for (const [expected, spellings] of [
    [
      'month 2023-02',
      [
        'February 2023',
        'Feb-23',
        "Feb '23",
        'feb 2023',
        '2023-02',
        '202302',
        '02/2023',
        '2/2023',
        '2023/2',
        'février 2023',
        'Févr. 2023',
        'fevereiro de 2023',
        'Fev/2023',
        'febrero 2023',
        '2023-02-01',
        '20230201',
        '2023-02-01T00:00:00',
      ],
    ],
    ['month 2023-06', ['June 2023', 'juin 2023', 'junho 2023', 'junio de 2023', 'Jun-23']],
    ['month 2023-07', ['July 2023', 'juillet 2023', 'juil 2023', 'julho 2023', 'julio 2023']],
    ['month 2023-08', ['Aug 2023', 'août 2023', 'agosto 2023']],
    ['month 2023-12', ['December 2023', 'décembre 2023', 'dezembro 2023', 'diciembre 2023', 'Dec-2023']],
    ['month -01', ['Jan', 'January', 'janvier', 'Janeiro', 'enero']],
    ['quarter 2023-Q1', ['2023Q1', 'Q1 2023', '2023-Q1', 'T1 2023', 'Trimestre 1 2023', 'Jan to Mar 2023']],
    ['half 2023-S1', ['2023S1', 'S1 2023', 'January - June 2023']],
    ['year 2023', ['2023', '2023.0', 'FY 2023', 'January to December 2023']],
    ['week 2023-W05', ['2023W5', '2023W05', 'W5 2023', 'Week 5 2023', 'Semaine 5 2023']],
    ['day 2023-02-14', ['2023-02-14', '20230214']],
  ] as const)
    for (const spelling of spellings) {
      const { kind, key } = readPeriod(spelling)
      t.equal(`${kind} ${key}`, expected, spelling)
    }
  for (const total of ['Total', 'TOTAL 2023', 'Grand total', 'Ensemble', 'Soma', 'Year to date', 'Average'])
    t.equal(readPeriod(total).kind, 'total', total)
  for (const other of ['Round 2', 'M1', 'Summary', 'Marchand', 'Maya 2023', '2023Q5', '13/2023', 'Augusta'])
    t.equal(readPeriod(other).kind, 'other', other)
  t.strictSame(readPeriod(''), { kind: 'none', key: '' })
})

t.test('readPeriod() takes the year of a column of its own', async (t) => {
  for (const [cell, year, expected] of [
    ['Jan', '2023', 'month 2023-01'],
    ['janvier', '2023.0', 'month 2023-01'],
    ['1', '2023', 'month 2023-01'],
    ['12', '2023', 'month 2023-12'],
    ['Q2', '2023', 'quarter 2023-Q2'],
    ['', '2023', 'year 2023'],
    ['Jan 2022', '2023', 'month 2022-01'],
    ['Total', '2023', 'total total 2023'],
  ] as const) {
    const { kind, key } = readPeriod(cell, year)
    t.equal(`${kind} ${key}`, expected, `${cell} and ${year}`)
  }
})

t.test('periodWithin() finds the period in a header of a pivot, and no month in other words', async (t) => {
  t.equal(periodWithin('RDT tested <5yrs January 2023')?.key, '2023-01')
  t.equal(periodWithin('2023-03 RDT positive <5yrs')?.key, '2023-03')
  t.equal(periodWithin('RDT tested <5yrs 2023Q1')?.key, '2023-Q1')
  t.equal(periodWithin('RDT tested <5yrs Total')?.kind, 'total')
  t.equal(periodWithin('RDT tested under 5 2023')?.key, '2023', 'not May')
  t.equal(periodWithin('RDT may be tested <5yrs'), null)
  t.equal(periodWithin('RDT tested <5yrs Jan'), null)
  t.equal(periodWithin('RDT tested <5yrs Jan', true)?.key, '-01')
})

t.test('mayHold() says which periods sum up which', async (t) => {
  for (const [coarse, fine, expected] of [
    ['2023', 'Jan 2023', true],
    ['2022', 'Jan 2023', false],
    ['2023Q1', 'Mar 2023', true],
    ['2023Q1', 'Apr 2023', false],
    ['2023S2', '2023Q3', true],
    ['2023', 'Jan', true],
    ['Jan 2023', '2023-01-31', true],
    ['Jan 2023', '2023W2', true],
    ['Jan 2023', '2023W30', false],
  ] as const)
    t.equal(mayHold(readPeriod(coarse), readPeriod(fine)), expected, `${coarse} holds ${fine}`)
})
