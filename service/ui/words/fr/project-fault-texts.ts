import type { PROJECT_FAULT_TEXTS } from '../../../domain/project-fault-texts.ts'

export const projectFaultTexts = {
  'cannot-open': 'Impossible d’ouvrir {filename} : {found}',
  'projects-of-signed-in':
    'Les projets sont gardés pour les personnes qui se connectent. Connectez-vous d’abord, à /auth/login.',
  'projects-changing': 'Les projets sont en cours de modification sur un autre appareil. Recommencez.',
  'project-saved-too-often': 'Le projet a été enregistré trop souvent. Enregistrez-le comme nouveau projet.',
  'project-changed-meanwhile':
    'Entre-temps, le projet a été modifié sur un autre appareil ; rien n’a été enregistré. Ouvrez-le de nouveau, ' +
    'ou enregistrez un nouveau projet.',
  'projects-full': 'Vous gardez {kept} projets, et une personne peut en garder {most}. Effacez-en d’abord un.',
  'projects-too-large':
    'Vos autres projets ont {present} octets et celui-ci {added} ; une personne peut en garder {most} en tout. ' +
    'Effacez d’abord un projet.',
  'project-changed-or-deleted': 'Entre-temps, le projet a été modifié ou effacé. Regardez de nouveau.',
  'projects-being-saved':
    'D’autres de vos appareils enregistrent en ce moment ; rien n’a été enregistré. Enregistrez de nouveau.',
  'project-change-empty': 'Impossible de changer le projet : donnez-lui un nom, ou enregistrez-le, ou les deux.',
  'conversation-not-saved': 'Impossible de garder la conversation sans enregistrer.',
  'goes-with-save': 'ne va qu’avec un enregistrement ; laissez-le de côté',
  'project-of-other-version':
    'Le projet a la version {present}, et ce changement a été fait à partir de la version {made}. Il a été ' +
    'modifié sur un autre appareil. Ouvrez-le de nouveau, ou enregistrez un nouveau projet.',
  'session-of-other-version':
    'Cette session n’a pas été ouverte à partir de la version {version} du projet. Ouvrez-le d’abord, ou ' +
    'enregistrez un nouveau projet.',
  'nothing-to-save': 'Il n’y a encore rien à enregistrer. Envoyez d’abord un tableau des aires ou des limites.',
  'project-sources-too-large':
    'Impossible d’enregistrer le projet : ses fichiers et ses résultats ont plus de 256 Mio ensemble. Effacez ' +
    'd’abord des fichiers ou des plans.',
  'project-file-too-large':
    'Impossible d’enregistrer le projet : son fichier aurait plus de 256 Mio, 64 Mio de résultats ou 2 000 ' +
    'parties. Effacez d’abord des fichiers ou des plans.',
  'session-changed-while-opened': 'La session a changé pendant l’ouverture du projet. Ouvrez-le de nouveau.',
  'changed-or-damaged': '{found}. Il a été modifié ou abîmé.',
  'project-form-of-other-version': 'sa forme a la version {found}, et ce service lit la version {known}',
  'part-named-twice': '{manifest} nomme deux fois une partie',
  'part-not-in-manifest': '{name} n’est pas dans {manifest}',
  'part-not-as-said': '{name} n’est pas ce que dit {manifest} : son SHA-256 est différent',
  'part-is-missing': '{name} manque',
  'contents-name-missing-part': 'contents.json nomme la partie « {name} », qui n’est pas là',
  'contents-use-part-twice': 'contents.json utilise deux fois la partie « {name} »',
  'contents-leave-part': 'contents.json n’utilise pas la partie « {name} »',
  'plan-without-analysis': 'le plan {number} ne nomme aucun classement du fichier',
  'plan-locked-by-but-open': 'le plan {number} dit qui l’a verrouillé, et il n’est pas verrouillé',
  'several-boundaries': 'il a plusieurs fichiers de limites, et une session en a un',
  'part-not-json': '{part} n’est pas du JSON',
  'part-unfit': '{part}, à {place} : {refusal}',
  'at-its-top': 'sa racine',
  'has-not-form-of-part': 'il n’a pas la forme de cette partie',
  'part-unusable': '{part} ne peut pas être utilisé : {why}',
  'file-of-project-too-large': '« {filename} » est plus grand qu’un fichier de ce rôle ({role}) ne peut l’être',
  'they-name-unknown': 'Ils nomment des aires ou des limites que les fichiers n’ont pas, ou deux fois la même.',
  'no-figures-of-plan': '« {name} » ne contient pas les chiffres d’un plan',
  'not-whole-project':
    'ce n’est pas un fichier de projet entier : il a été coupé, quelque chose suit sa fin, ou ce n’est pas un ZIP',
  'project-ends-twice': 'il se termine deux fois ; on peut donc le lire de deux façons',
  'project-entries-unsaid': 'sa fin ne dit pas combien d’entrées il a',
  'project-zip64': 'c’est un fichier ZIP64 ; un fichier de projet n’en est pas un',
  'project-of-256-mib': 'il a plus de 256 Mio',
  'project-of-many-entries': 'il a {entries} entrées ; au plus 2 000 sont prises',
  'directory-elsewhere': 'son répertoire n’est pas là où sa fin le dit',
  'comment-no-mark': 'son commentaire n’est pas la marque d’un fichier de projet',
  'directory-has-fewer': 'son répertoire a moins d’entrées que sa fin ne le dit',
  'entry-of-128-mib': '{name} a plus de 128 Mio une fois décompressé',
  'project-of-1-gib': 'décompressé, il a plus de 1 Gio',
  'results-of-64-mib': 'ses résultats ont plus de 64 Mio',
  'entry-of-512-kib': '{name} a plus de 512 Kio',
  'directory-has-more': 'son répertoire contient autre chose que ses entrées',
  'bytes-between': 'il y a des octets entre ses entrées et son répertoire',
  'name-leads-out': 'le nom {name} mène hors de l’archive',
  'entry-is-link': '{name} est un lien symbolique',
  'entry-is-encrypted': '{name} est chiffré',
  'entry-is-archive': '{name} est une archive dans l’archive',
  'entry-not-of-project': '{name} n’est pas une partie d’un fichier de projet',
  'entry-zip64': '{name} a une taille ZIP64 ; une partie d’un fichier de projet n’en a pas',
  'entry-packed-elsewhere': '{name} n’a pas été compressé par ChatMRPT ; ouvrez le fichier tel qu’il a été enregistré',
  'headers-differ': 'les deux en-têtes de {name} diffèrent',
  'entry-overlaps': '{name} recouvre une autre entrée, ou n’est pas à sa place',
  'entry-of-other-size': '{name} n’a pas la taille annoncée',
  'entry-damaged': '{name} est abîmé',
  'entry-not-as-said': '{name} est abîmé, ou n’est pas ce qu’il dit',
  'entry-damaged-or-larger': '{name} est abîmé, ou devient plus grand que prévu une fois décompressé',
  'entry-larger': '{name} devient plus grand que prévu une fois décompressé',
} as const satisfies Readonly<Record<keyof typeof PROJECT_FAULT_TEXTS, string>>
