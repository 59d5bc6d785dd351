import type { FACILITY_FAULT_TEXTS } from '../../../domain/facility-fault-texts.ts'

export const facilityFaultTexts = {
  'cannot-read-in-this-way': 'Impossible de lire {filename} de cette façon.',
  'not-column-of-file': 'n’est pas une colonne de ce fichier',
  'role-not-of-facilities': 'une colonne d’un tableau de formations sanitaires ne peut pas être « {role} »',
  'no-level-column':
    'Impossible de choisir par niveau de formation sanitaire : le fichier n’a pas de colonne FacilityLevel',
  'no-facility-levels': 'le fichier n’a pas de niveaux de formations sanitaires',
  'cannot-read-facilities': 'Impossible de lire le tableau des formations sanitaires : {found}',
  'too-many-periods': 'il y a plus de {most} périodes',
  'too-many-unnamed': 'il y a plus de {most} lignes différentes qui ne nomment aucune période',
  'add-months-or-fewer-rows': 'ajoutez une colonne des mois, ou envoyez moins de lignes',
  'too-many-reports': 'il y a plus de {most} rapports d’une formation sanitaire et d’une période',
  'leave-out-years': 'retirez les années inutiles',
  'too-many-ward-names': 'il y a plus de {most} aires',
  'too-many-facilities': 'il y a plus de {most} formations sanitaires',
  'place-names-too-long': 'les noms des aires et des formations sanitaires ont plus de {most} caractères en tout',
  'cannot-measure-at-line': 'Impossible de mesurer à la ligne {line} : {found}',
  'sum-too-large': 'la somme des nombres d’une formation sanitaire est {sum}',
  'lacks-counts':
    '{found} ; ses colonnes sont {names,}{more}. Dites ce qu’est chaque colonne, ou envoyez un tableau qui les a',
  'no-column-of-tested': 'aucune colonne ne compte les personnes testées par la méthode choisie à l’âge choisi',
  'no-column-of-positive': 'aucune colonne ne compte les personnes positives par la méthode choisie à l’âge choisi',
  'no-pair-of-columns':
    'aucun âge ni aucune méthode n’a à la fois une colonne de personnes testées et une de personnes positives',
  'cannot-measure-differing':
    'Impossible de mesurer : {found}, à la ligne {line}. Dites laquelle compte et mettez les autres à « ignore » ; ' +
    'ou donnez à toutes le même rôle pour les additionner',
  'counts-differ': '{count} colonnes comptent {what}, et elles diffèrent : {values,}',
  'value-in-column': '{value} dans {column}',
  'nothing-in-column': 'rien dans {column}',
  'cannot-measure-from': 'Impossible de mesurer à partir de {filenames,} : {found}',
  'no-row-of-level': 'il n’y a aucune ligne avec une aire et une formation sanitaire du niveau choisi',
  'no-pair-of-choice':
    'aucun âge ni aucune méthode du choix n’a à la fois des personnes testées et des personnes positives',
  'cannot-measure-time': 'Impossible de mesurer la positivité dans le temps : {found}',
  'no-period-with-year': 'aucune période ({period}) du tableau ne nomme une année',
  'reports-without-month': 'ses rapports sont par {unit} ; ils ne disent donc pas leur mois',
  'too-many-years': '{years} années ; on en lit {most} au plus',
  'too-many-wards-and-periods': '{wards} aires × {periods} périodes, c’est trop',
} as const satisfies Readonly<Record<keyof typeof FACILITY_FAULT_TEXTS, string>>
