import type { FindingKind } from '../../../domain/files/finding.ts'

/** What a finding is about, by its kind. Its details stay in the words of the service. */
const kinds = {
  'row-dropped': 'Lignes laissées de côté',
  'column-dropped': 'Colonnes laissées de côté',
  'column-refused': 'Colonne qui n’est pas un indicateur',
  'column-renamed': 'Colonne montrée sous un autre nom',
  'duplicate-ward': 'Noms d’aires répétés',
  'missing-values': 'Valeurs manquantes',
  'values-removed': 'Valeurs prises pour manquantes, parce qu’aucune aire ne peut les avoir',
  'question-answered': 'Question à laquelle une personne a répondu',
  'rows-combined': 'Lignes réunies',
  'crs-assumed': 'Système de coordonnées supposé',
  'crs-transformed': 'Coordonnées converties',
  'encoding-assumed': 'Encodage supposé',
  'text-broken': 'Textes abîmés',
  'geometry-dropped': 'Formes laissées de côté',
  'geometry-united': 'Formes réunies',
  'entry-ignored': 'Parties du fichier non lues',
  'key-assumed': 'Colonne de noms ou de codes supposée',
  'join-skipped': 'Liaison faite sans l’une de ses clés',
  'names-contradict': 'Noms et codes qui se contredisent',
  'place-changed': 'Place des limites',
  'spelling-differs': 'Noms écrits autrement',
  'match-accepted': 'Liaisons acceptées par une personne',
  'match-refused': 'Liaisons refusées par une personne',
  'ward-unmatched': 'Aires sans correspondance',
  'boundary-unmatched': 'Limites sans aire',
  'default-used': 'Supposition faite',
  'numbers-read': 'Manière de lire les nombres',
  'header-joined': 'En-tête de deux lignes, réunies',
  'cells-filled': 'Cellules complétées',
} as const satisfies Readonly<Record<FindingKind, string>>

export const findings: Readonly<Record<string, string>> = kinds
