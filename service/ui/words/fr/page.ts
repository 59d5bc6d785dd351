import type { page as english } from '../en/page.ts'
import type { Worded } from '../worded.ts'

export const page = {
  lang: 'fr',
  otherPath: '/',
  otherLang: 'en-GB',
  otherName: 'English',
  description:
    'Classer les aires par risque de paludisme et planifier les moustiquaires, à partir d’un tableau et de limites.',
  title: 'ChatMRPT : classer les aires par risque de paludisme',
  skip: 'Aller au contenu principal',
  end: 'Terminer la session',
  stations: 'Étapes',
  kept: 'Aucune de vos données n’est gardée dans ce navigateur. Tout ce qui se fait ici peut aussi se faire avec',
  api: 'l’API',
  explained: 'Chaque étape et chaque mot sont expliqués, en anglais, dans',
  guide: 'le guide',
  heading: 'Classer les aires par risque de paludisme',
  script: 'Cette page a besoin de JavaScript. Le même travail peut se faire avec l’API : voir',
  notStarted:
    'Cette page n’a pas démarré. Son navigateur est peut-être trop ancien : il faut un Chrome, Edge, Firefox ou Safari ' +
    'actuel. Rechargez ensuite la page.',
  itsDescription: 'sa description',
  wards: 'Aires',
  lead:
    'D’un tableau d’aires et de leurs limites à des moustiquaires que l’on peut justifier : ce que contiennent les ' +
    'fichiers, quels indicateurs comptent, quelles aires viennent en premier, avec quelle certitude, et qui reçoit ' +
    'des moustiquaires.',
  promise: 'Ce que vous envoyez n’appartient qu’à cette session. Terminer la session l’efface.',
  data: 'Données',
  sample: 'Utiliser l’exemple',
  invented: 'Environ 60 aires inventées :',
  table: 'tableau',
  outlines: 'limites',
  drop:
    'Déposez vos fichiers n’importe où sur cette page, plusieurs à la fois, ou choisissez-les ici. Ils sont gardés tels ' +
    'quels jusqu’à la fin de la session, avec ce que leurs programmes y ont écrit, comme le nom d’un auteur.',
  wardTable: 'Tableau des aires',
  wardHelp:
    '{{wards.formats}}, une ligne par aire : une colonne WardName ou WardCode, et une colonne de nombres pour chaque ' +
    'indicateur. Jusqu’à {{wards.mib}} Mio.',
  chooseWards: 'Choisir le tableau des aires',
  boundaries: 'Limites',
  optional: 'facultatif',
  boundaryHelp:
    '{{boundaries.formats}}. Jusqu’à {{boundaries.mib}} Mio. Sans limites il n’y a pas de carte, et les valeurs ' +
    'manquantes prennent la moyenne de la colonne.',
  chooseBoundaries: 'Choisir les limites',
  positivity: 'Positivité des tests d’après les rapports des formations sanitaires',
  facilityTable: 'Tableau des formations sanitaires',
  facilityHelp:
    '{{facilities.formats}}, une ligne par formation et par mois, avec des colonnes pour l’aire, la formation, et les ' +
    'personnes testées et trouvées positives, comme DHIS2 les exporte. Jusqu’à {{facilities.mib}} Mio. La positivité ' +
    'des tests devient un indicateur possible de plus. Sans tableau des aires, celles de ce tableau sont prises.',
  chooseFacilities: 'Choisir le tableau des formations',
  projects: 'Vos projets',
  project: 'Fichier de projet',
  projectTitle: 'Enregistrer votre travail, ou reprendre un travail enregistré',
  projectHelp:
    'Un fichier de projet contient vos fichiers, vos choix, les classements et les plans. En ouvrir un met son ' +
    'contenu à la place de tout ce qui est dans cette session. Jusqu’à 256 Mio.',
  saveProject: 'Enregistrer le projet',
  withChat: 'avec la conversation',
  openProject: 'Ouvrir un projet',
  found: 'Ce qui a été trouvé',
  indicators: 'Indicateurs',
  noWards: 'Ajoutez d’abord un tableau des aires :',
  toData: 'aller aux données',
  results: 'Résultats',
  nets: 'Moustiquaires',
  ask: 'Demander',
  askHelp:
    'Posez des questions sur vos aires, en anglais : chiffres, listes, graphiques, rangs, moustiquaires. Chaque ' +
    'réponse dit sur quoi elle repose.',
  conversation: 'Conversation',
  question: 'Votre question',
  example: 'How many wards have rainfall above 800?',
  views: 'Vues',
  endTitle: 'Terminer cette session ?',
  endText:
    'Vos fichiers et vos résultats seront effacés et ne pourront pas être retrouvés. Téléchargez d’abord ce qu’il ' +
    'vous faut.',
  endNo: 'Continuer à travailler',
  endYes: 'Terminer la session et effacer mes données',
  sessions: 'Vos sessions',
  endingDeletes: 'Terminer une session efface les fichiers et les résultats qu’elle contient.',
  close: 'Fermer',
  endOthers: 'Terminer toutes les autres',
  signOut: 'Se déconnecter ici',
  keepThere: 'Garder ce qui est là',
} as const satisfies Worded<typeof english>
