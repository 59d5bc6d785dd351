import type { QUESTION_TEXTS } from '../../../domain/question-texts.ts'

/** The texts of the service's questions and of their options, with the same values as in English. */
export const questionTexts = {
  both: '{one} et {other}',
  'and-more': ' et {count} de plus',
  'and-more-after-semicolon': ' ; et {count} de plus',
  'and-more-columns': ' et {count} colonnes de plus',
  'and-more-rows': ' et {count} lignes de plus',
  'row-named': '{name} (ligne {line})',
  'row-line': 'ligne {line}',

  'several-files':
    '« {latest} » a les mêmes colonnes que {earlier,} et d’autres lignes. ' +
    'Forment-ils un seul tableau, ou le dernier fichier remplace-t-il ce qui était là ?',
  'several-files-together': 'un seul tableau de {files} fichiers',
  'several-files-alone': '« {latest} » seul ; les précédents sont retirés',

  'urban-share-unit':
    'Aucune valeur de la part urbaine {column} ne dépasse 1. Des parts de un et des pour cent donnent des plans ' +
    'différents. Que sont-elles ?',
  'urban-share-of-one': 'Des parts de un : 0.8 est 80 pour cent',
  'urban-share-percent': 'Des pour cent : aucune aire n’est urbaine à plus de 1 pour cent',
  'too-few-people':
    'L’aire médiane a {people} habitants selon {column}, ce qui est trop peu pour être plausible. ' +
    'Que compte cette colonne ?',
  'too-many-people':
    'L’aire médiane a {people} habitants selon {column}, ce qui est trop pour être plausible. ' +
    'Que compte cette colonne ?',
  'people-counted': 'Des habitants : les chiffres sont justes',
  'people-in-thousands': 'Des milliers d’habitants : 12.4 est 12 400',
  'people-not-counted': 'Autre chose : ne pas planifier avec elle',

  'reports-without-period':
    '{reports} rapports ne nomment aucune période, et d’autres de leurs formations sanitaires en nomment une. ' +
    'Sont-ce des rapports à part, ou la somme ou la répétition des autres ?',
  'reports-of-period':
    '{reports} rapports ont la période {period}, et d’autres de leurs formations sanitaires en nomment une autre. ' +
    'Sont-ce des rapports à part, ou la somme ou la répétition des autres ?',
  'reports-kept': 'des rapports à part : les compter',
  'reports-left-out': 'des sommes ou des répétitions : les laisser de côté',
  'reports-differ':
    '{count} lignes répètent une formation sanitaire et une période avec d’autres nombres ({rows;}{more}). ' +
    'Lesquelles comptent ?',
  'first-report': 'la première ligne de chacune',
  'last-report': 'la dernière ligne de chacune : un rapport corrigé',
  'reports-added': 'toutes : les parties d’un rapport, additionnées',
  'reports-again':
    '{count} lignes ne nomment aucune période et répètent une formation sanitaire avec les mêmes nombres ' +
    '({rows;}{more}). Est-ce encore le même rapport ?',
  'report-counted-once': 'le même rapport : le compter une fois',
  'reports-all-counted': 'des rapports de plusieurs périodes : les compter tous',
  'facilities-or-wards':
    'Des formations sanitaires comptent exactement autant de personnes que toutes les autres de leur aire ensemble, ' +
    'ou au moins autant, et portent son nom ou celui de sa LGA : {names,}{more}. ' +
    'Sont-ce des formations sanitaires, ou les sommes de leur aire ?',
  'facilities-kept': 'des formations sanitaires : les compter',
  'facilities-left-out': 'les sommes de leur aire : les laisser de côté',
  'element-counts':
    'Aucun élément de ce tableau ne nomme à la fois des personnes testées et des personnes positives. ' +
    'Que compte {element} ?',
  'element-role': 'personnes : {role}',
  'element-ignored': 'autre chose : le laisser de côté',
  'counts-unnamed':
    'Aucun en-tête ne dit quelles colonnes comptent les personnes testées et les personnes positives. ' +
    '{names,}{more} peuvent être des nombres. Lesquelles comptent quoi ? ' +
    'Donnez leur rôle à deux colonnes ou plus, comme « tested u5 rdt » et « positive u5 rdt ».',
  'counts-without-pair':
    'Des en-têtes nomment des nombres ({known,}{moreKnown}), mais aucun âge ni aucune méthode n’a à la fois des ' +
    'personnes testées et des personnes positives. ' +
    '{names,}{more} peuvent être des nombres. Lesquelles comptent quoi ? ' +
    'Donnez leur rôle à deux colonnes ou plus, comme « tested u5 rdt » et « positive u5 rdt ».',
  'column-of-ward': 'Aucun en-tête ne dit quelle colonne nomme l’aire. Quelle colonne la nomme ?',
  'column-of-facility': 'Aucun en-tête ne dit quelle colonne nomme la formation sanitaire. Quelle colonne la nomme ?',
  'names-ward': '{column} nomme l’aire',
  'names-facility': '{column} nomme la formation sanitaire',
  'rows-are-wards': 'aucune : chaque ligne décrit une aire entière',

  'duplicate-differs': 'Une aire a plusieurs lignes qui diffèrent ({same}) : {wards;}. Quelles lignes comptent ?',
  'duplicates-differ':
    '{count} aires ont plusieurs lignes qui diffèrent ({same}) : {wards;}{more}. Quelles lignes comptent ?',
  'same-code': 'deux fois le même code',
  'same-name': 'deux fois le même nom',
  'same-spelling': 'presque le même nom',
  'rows-differ-in': '{rows,} : « {column} » est {one} et {other}',
  'rows-differ-in-code': '{rows,} : avec les mêmes valeurs mais un autre code',
  'value-missing': 'manquant',
  'first-row-right': 'la première ligne de chacune est juste',
  'last-row-right': 'la dernière ligne de chacune est juste',
  'duplicates-left-out': 'laisser ces aires de côté',
  'duplicates-apart': 'ce sont des aires différentes : les garder toutes, distinguées par leurs lignes',

  sentinel:
    '{value} se trouve dans {columns,}{more}, loin des autres valeurs. ' +
    'Est-ce la marque d’une donnée manquante, ou a-t-on mesuré cette valeur ?',
  'in-column': '{column} ({rows,}{more})',
  'means-missing': '{value} veut dire manquant : compléter comme toute lacune',
  'was-measured': '{value} a été mesuré : l’utiliser tel quel',

  'period-of-rows':
    'Le tableau a plusieurs lignes par aire, une pour chacune des {count} valeurs de {columns}, de {from} à {to}. ' +
    'Un classement demande une ligne par aire. Quelle période ou quelles lignes doit-il utiliser ?',
  'rows-of-part': 'les lignes de {part} seules',
  'mean-of-rows': 'la moyenne de chaque aire sur toutes ses lignes',
  'sum-of-rows':
    'la somme de toutes les lignes d’une aire (nombres de cas seulement ; on n’additionne jamais les habitants)',

  'rows-no-wards':
    'Certaines lignes sont peut-être des zones (une LGA, un État, un total) et non des aires : {rows;}{more}. ' +
    'Sont-ce des aires ?',
  'row-because': '{row} {why}',
  'are-no-wards': 'ce ne sont pas des aires : les laisser de côté',
  'are-wards': 'ce sont des aires : les classer',
  'is-sum': 'est la somme : {of}, dans {columns,}{more}',
  'is-mean': 'est la moyenne : {of}, dans {columns,}{more}',
  'says-the-same': 'a les mêmes valeurs : {of}',
  'rest-of-lga': 'les autres lignes de sa LGA',
  'rest-of-state': 'les autres lignes de son État',
  'all-other-rows': 'toutes les autres lignes',
  'lga-beside': 'les lignes de la LGA voisine dans le tableau',
  'rows-above': 'les lignes au-dessus',
  'rows-below': 'les lignes au-dessous',
  'called-area-without-keys': 'porte le nom de sa zone et n’a ni code ni LGA',
  'called-lga-without-lga': 'porte le nom d’une LGA et n’en a pas',
  'called-lga-says-same': 'porte le nom de sa LGA et a les mêmes valeurs que la seule autre ligne de celle-ci',
  'called-lga-as-most': 'porte le nom de sa LGA, comme dans la plupart des LGA du tableau',
  'called-lga-as-large': 'porte le nom de sa LGA et est aussi grande que le reste de celle-ci',
  'called-lga-near-mean': 'porte le nom de sa LGA et est proche de la moyenne de celle-ci dans chaque colonne',
  'called-area': 'porte le nom d’un pays, d’un État ou d’un district',
  'may-gather-rest': 'rassemble peut-être ce qui n’appartient à aucune aire',
  'lacks-keys': 'n’a pas le code ou la LGA que les autres lignes ont',

  'column-of-wards': 'Quelle colonne nomme les aires ? Dans ce tableau, {found}.',
  'headers-swapped': 'les en-têtes de {columns} semblent échangés',
  'no-header-names': 'aucun en-tête ne dit quelle colonne nomme les aires',
  'several-could-name': 'plusieurs colonnes pourraient nommer les aires : {columns,}',
  'names-wards': '{column} nomme les aires',

  'thousands-or-decimal':
    'Chaque nombre de {column} avec un « {sign} » a trois chiffres après lui : {examples,}{more}. ' +
    'Le « {sign} » sépare-t-il les milliers ou les décimales ?',
  'sign-thousands': 'Les milliers : {example} est {number}',
  'sign-decimal': 'Les décimales : {example} est {number}',

  'which-sheet': '{count} feuilles du classeur contiennent un tableau : {names,}{more}. De laquelle s’agit-il ?',
  'read-sheet': 'Lire la feuille {name}',
  'which-layer': 'Le fichier a {count} couches de polygones. Laquelle contient les aires ?',
  'read-layer': '{name} ({features} polygones)',
  'attribute-of-wards':
    'Aucun attribut des limites ne porte un nom connu pour les noms des aires. Lequel nomme les aires ?',
  'attribute-values': '{name} : {values,}',

  'codes-contradict':
    '{count} aires sur {compared} ont le code d’une limite qui porte un autre nom : {examples,}. ' +
    'Lesquels sont justes, les codes ou les noms ?',
  'codes-right': 'Les codes : relier par le code, quels que soient les noms',
  'names-right': 'Les noms : relier par le nom, sans utiliser les codes',
  'neither-right': 'Ni les uns ni les autres : laisser ces aires sans limite',

  'place-of-boundaries': '{found}. Les limites sont-elles à leur place ?',
  'place-of-boundaries-swapped':
    '{found} ; avec les axes échangés, elles conviendraient. Les limites sont-elles à leur place ?',
  'coordinates-elsewhere':
    'Les coordonnées du tableau des aires se trouvent ailleurs que les limites, ' +
    'qui vont de {from,} à {to,} (longitude, latitude)',
  'states-elsewhere':
    'Les États nommés se trouvent ailleurs que les limites, qui vont de {from,} à {to,} (longitude, latitude)',
  'leave-place': 'Oui : les laisser telles quelles',
  'exchange-axes': 'Non : échanger leur longitude et leur latitude',
} as const satisfies Readonly<Record<keyof typeof QUESTION_TEXTS, string>>
