import type * as english from '../en/project.ts'
import type { Worded } from '../worded.ts'
import { counted } from './counted.ts'

export const project = {
  save: 'Enregistrer le projet',
  making: 'Préparation du projet.',
  saving: 'Le projet est en cours de téléchargement.',
  open: 'Ouvrir le projet',
  openText: (filename) =>
    `Le contenu de ${filename} prend la place de tout ce qui est dans cette session : fichiers, classements, plans et ` +
    'conversation.',
  openTitle: 'Remplacer votre travail par un projet enregistré ?',
  isOpen: (filename) => `${filename} est ouvert.`,
  verified: (filename) => `${filename} est ouvert et vérifié.`,
  notVerified: (filename) => `${filename} est ouvert et n’est pas vérifié.`,
  savedOn: (day) => ` Il a été enregistré le ${day} et n’a pas changé depuis.`,
  recomputed: (why) => ` ${why} Ses chiffres ont été recalculés.`,
  allTheSame: 'Chaque classement et chaque plan a été recalculé et est le même.',
  differ: (count) =>
    `${counted(count, 'chiffre')} du fichier ${count < 2 ? 'diffère' : 'diffèrent'} de ce que donnent ses données.`,
  caption: 'Chiffres qui diffèrent',
  headings: ['De', 'Aire', 'Chiffre', 'Dans le fichier', 'Calculé'],
  leftOut: 'Non repris :',
} as const satisfies Worded<typeof english.project>
