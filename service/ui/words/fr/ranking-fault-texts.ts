import type { RANKING_FAULT_TEXTS } from '../../../domain/ranking-fault-texts.ts'

export const rankingFaultTexts = {
  'cannot-rank-at-once':
    'Impossible de classer {wards} aires par {models} modèles d’un coup ; choisissez moins d’indicateurs',
  'too-many-indicators': 'trop d’indicateurs pour tant d’aires',
  'cannot-rank-one-ward': 'Impossible de classer une seule aire ; un classement en compare au moins deux',
  'no-inverse-in-legacy':
    'Impossible d’utiliser {column} comme indicateur inverse dans l’ancienne méthode : l’inverse d’une de ses ' +
    'valeurs n’est pas fini ; prenez la méthode standard',
  'no-reciprocal': '{column} n’a pas d’inverse',
  'no-such-lga-of': 'Il n’y a pas de LGA {lga} ; les données ont : {names,}{more}',
  'no-such-lga': 'cette LGA n’existe pas',
  'name-wards-to-compare': 'Nommez de 2 à {most} aires à comparer',
  'count-of-wards': '{count} aires',
  'no-such-ward': 'il n’y a pas d’aire {ward}',
  'ward-may-be': '{ward} peut être {names,}{more}',
  'cannot-compare-wards': 'Impossible de comparer ces aires',
  'several-wards-say-code': 'Plusieurs aires s’appellent {ward}. Dites laquelle par son code.',
  'ward-label': '{label}',
  'choose-indicators':
    'Choisissez de {fewest} à {most} indicateurs : peuvent être proposés {suggested,}{moreSuggested}. Les données ' +
    'en ont {count} : {names,}{more}',
  'name-indicators': 'nommez les indicateurs du classement',
  'column-not-suggested': '{column} n’est pas proposée : {why}',
  'indicators-named': 'Choisissez de {fewest} à {most} indicateurs ; {count} ont été nommés',
  'count-of-indicators': '{count} indicateurs',
  'named-twice': '{name} est nommé deux fois',
  'no-such-column': 'il n’y a pas de colonne {column}',
  'column-no-indicator': '{column} n’est pas un indicateur : {why}',
  'cannot-rank-by-these': 'Impossible de classer par ces indicateurs ; les données ont : {names,}{more}',
  'column-is-copy': '{column} : {why}',
  'cannot-rank-by-copies':
    'Impossible de classer par une colonne et sa copie : elles compteraient deux fois, ou s’annuleraient. ' +
    'Laissez-en une de côté, ou dites que les copies sont voulues (allowCopies)',
  'not-of-indicators': '{column} n’est pas un des indicateurs',
  'no-direction': '{direction} n’est ni « direct » ni « inverse »',
  'cannot-use-directions': 'Impossible d’utiliser ces sens',
  'cannot-compare-with': 'Impossible de comparer le classement avec {column}',
  'column-not-there': 'cette colonne n’existe pas',
  'holds-no-numbers': 'elle ne contient pas de nombres',
  'ranked-by-it': 'les aires sont classées par elle : retirez-la des indicateurs pour la garder à part',
  'repeats-indicator': 'elle répète {column}, par laquelle les aires sont classées',
  'too-few-values': '{count} aires ont une valeur, et il en faut au moins {fewest}',
  'same-value-everywhere': 'elle a la même valeur dans chaque aire qui en a une',
  'sort-is-one-of': 'sort est l’un de {names,}, avec - devant pour l’ordre décroissant',
  'tier-is-one-of': 'tier est l’un de {names,}',
  'limit-is-from-1': 'limit est un nombre entier de 1 à {most}',
  'cursor-of-other-query': 'le curseur n’appartient pas à cette requête ; recommencez sans lui',
  'cannot-show-wards': 'Impossible de montrer ces aires',
  'too-many-neighbours':
    'Impossible de trouver les aires voisines : trop de limites se rencontrent aux mêmes endroits ; vérifiez que ' +
    'le fichier ne répète pas de limites',
  'cannot-rank-by-weights': 'Impossible de classer par ces poids',
  'legacy-without-weights': 'l’ancienne méthode n’a pas de poids',
  'weight-unfit': 'le poids de {column} est {weight} ; laissez de côté ce qui ne doit pas compter',
  'without-weight': '{column} n’a pas de poids',
  'weights-sum-unfit': 'la somme des poids est {sum}, et non 1',
  'no-ward-in-analysis': 'Il n’y a pas d’aire {ward} dans ce classement.',
} as const satisfies Readonly<Record<keyof typeof RANKING_FAULT_TEXTS, string>>
