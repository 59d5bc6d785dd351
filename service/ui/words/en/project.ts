import { counted } from '../counted.ts'

export const project = {
  save: 'Save project',
  making: 'Packing the project.',
  saving: 'The project is being downloaded.',
  open: 'Open project',
  openText: (filename: string): string =>
    `The contents of ${filename} take the place of everything in this session: files, rankings, plans and conversation.`,
  openTitle: 'Replace your work by a saved project?',
  isOpen: (filename: string): string => `${filename} is open.`,
  verified: (filename: string): string => `${filename} is open and verified.`,
  notVerified: (filename: string): string => `${filename} is open and not verified.`,
  savedOn: (day: string): string => ` It was saved on ${day} and not changed since.`,
  recomputed: (why: string): string => ` ${why} Its figures were computed again.`,
  allTheSame: 'Every ranking and plan was computed again and is the same.',
  differ: (count: number): string =>
    `${counted(count, 'figure')} recorded in the file differ from what is computed from its data.`,
  caption: 'Figures that differ',
  headings: ['Of', 'Ward', 'Figure', 'In the file', 'Computed'],
  leftOut: 'Not brought back:',
} as const
