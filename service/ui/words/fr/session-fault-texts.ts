import type { SESSION_FAULT_TEXTS } from '../../../domain/session-fault-texts.ts'

export const sessionFaultTexts = {
  'upload-too-large':
    'Impossible de prendre {filename} : il a {bytes} octets, et un fichier de ce rôle ({role}) peut en avoir ' +
    '{most}.',
  'project-upload-too-large':
    'Impossible de prendre {filename} : il a {bytes} octets, et un fichier de projet peut en avoir {most}.',
  'uploads-waiting': '{count} fichiers attendent déjà leur envoi. Terminez-en ou effacez-en d’abord.',
  'pieces-empty': 'Impossible d’envoyer {bytes} octets en {pieces} morceaux : aucun morceau ne peut être vide.',
  'fewer-pieces': 'Donnez au plus {most} morceaux, ou aucun.',
  'not-in-pieces': '{filename} n’a pas été annoncé en morceaux. Annoncez-le de nouveau avec `pieces`.',
  'not-uploaded': '{filename} n’a pas encore été envoyé. Envoyez-le d’abord.',
  'pieces-missing':
    '{missing} des {pieces} morceaux de {filename} n’ont pas été envoyés en entier : {numbers,}{more}. La liste ' +
    'des morceaux dit où les envoyer.',
  'cannot-use-file': 'Impossible d’utiliser {filename} : {found}. Envoyez-le de nouveau.',
  'other-size-arrived': '{bytes} octets sont arrivés alors que {announced} étaient annoncés',
  'other-hash-arrived': 'ce qui est arrivé a un autre SHA-256 que celui qui était annoncé',
  'files-together-too-large':
    '« {filename} » a les mêmes colonnes que {earlier,} et d’autres lignes. Les fichiers d’un même tableau ' +
    'peuvent avoir {most} octets ensemble ; ceux-ci en ont {bytes}. Effacez d’abord les autres, ou envoyez moins ' +
    'de colonnes',
  'more-choices-than-taken': 'Ce sont plus de choix qu’un fichier ne peut en avoir. Ne réglez que ce qui diffère.',
  'file-changed-elsewhere': 'Entre-temps, le fichier a été modifié par une autre requête. Regardez-le de nouveau.',
  'choice-unfit': 'Un choix ne va pas avec le fichier. Rien n’a été changé.',
  'choice-not-of-role': 'un fichier de ce rôle ({role}) n’en a pas',
  'answer-unfit': 'Une réponse ne va avec aucune question de ce fichier. Rien n’a été changé.',
  'not-a-question': 'n’est pas une question de ce fichier',
  'no-wards-yet':
    'Il n’y a pas encore d’aires. Envoyez un tableau des aires, ou un tableau de formations sanitaires et mesurez ' +
    'sa positivité des tests.',
  'no-data-yet': 'Il n’y a pas encore de données dans cette session. Envoyez d’abord un tableau des aires.',
  'no-boundaries-no-map':
    'Les données n’ont pas de limites ; il n’y a donc pas de carte. Envoyez un fichier de limites, ou regardez ' +
    'les chiffres sans carte.',
  'no-analysis-yet': 'Il n’y a pas encore de classement.',
  'no-plan-yet': 'Il n’y a pas encore de plan de moustiquaires. Dites combien il y a de moustiquaires.',
  'no-plan-to-change': 'Il n’y a pas encore de plan de moustiquaires à changer. Dites combien il y a de moustiquaires.',
  'no-plan-of-newest':
    'Il n’y a pas encore de plan de moustiquaires pour le dernier classement. Dites combien il y a de ' +
    'moustiquaires.',
  'no-boundaries-to-show': 'Il n’y a pas de limites. Envoyez un fichier de limites pour voir une carte.',
  'no-facility-table': 'Il n’y a pas encore de tableau de formations sanitaires. Envoyez-en un.',
  'matches-overtaken':
    'Les données ont changé pendant que ces correspondances étaient réglées. Regardez-les de nouveau.',
  'measurement-overtaken': 'Le tableau des formations sanitaires a changé pendant la mesure. Mesurez l’actuel.',
  'analysis-overtaken': 'Les données ont changé pendant le classement. Classez de nouveau.',
  'export-overtaken': 'Les données ont changé pendant la préparation du fichier. Préparez-le de nouveau.',
  'data-of-this-gone': 'Les données dont ceci a été tiré ont disparu. Classez les données actuelles.',
  'data-of-analysis-replaced':
    'Le classement a été fait avec des données remplacées depuis. Classez d’abord les données actuelles.',
  'data-of-order-replaced': 'Le classement a été fait avec des données remplacées depuis. Classez-les d’abord.',
  'data-of-this-replaced': 'Ceci a été fait avec des données remplacées depuis. Classez d’abord les données actuelles.',
  'results-stale':
    'Le dernier classement a été fait avec la version {made} des données, qui en sont à la version {present} : ' +
    'ses résultats sont périmés et ne sont pas montrés comme actuels.',
  'analysis-and-plan-unfit': 'Impossible d’utiliser ce classement et ce plan ensemble',
  'plan-of-other-analysis': 'le plan a été fait avec un autre classement',
  'cannot-say-how-sure': 'Impossible de dire à quel point ce plan est sûr',
  'too-many-draws': 'Pour {wards} aires, on ne fait pas autant de tirages à la fois',
  'too-many-wards': 'il y a trop d’aires',
  'draws-at-most': 'au plus {most} tirages',
  'cannot-export': 'Impossible d’exporter {kind}',
  'conversation-of-project': 'seul {kind} peut contenir la conversation ; laissez-la de côté',
  'project-holds-all': '{kind} contient tous les classements et tous les plans ; laissez ce choix de côté',
  'export-needs-plan': '{kind} se fait à partir d’un plan : nommez le plan',
  'export-without-plan': '{kind} ne contient pas de plan ; laissez-le de côté',
  'name-the-analysis': 'nommez le classement',
  'plan-locked': 'Ce plan est verrouillé. Copiez-le pour continuer à partir de lui.',
  'plan-renamed-meanwhile': 'Le plan a été renommé pendant le verrouillage. Verrouillez-le de nouveau.',
  'plans-full':
    'Une session garde au plus {most} plans nommés ou verrouillés. Effacez-en d’abord un qui n’est pas verrouillé.',
} as const satisfies Readonly<Record<keyof typeof SESSION_FAULT_TEXTS, string>>
