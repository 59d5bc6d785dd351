import type { FINDING_TEXTS } from '../../../domain/finding-texts.ts'

/** The texts of the service's findings, with the same values as in English. */
export const findingTexts = {
  'question-answered': '{question} Vous avez choisi : {answer}.',

  'lines-from-to': 'lignes {from} à {to}',
  'line-and-name': 'ligne {line}, {name}',
  'row-repeats-line': '{row} répète la ligne {line}',
  'rows-from-line': '{rows} lignes à partir de la ligne {line}',
  'report-at-line': '{facility} : ligne {line}',
  'report-at-lines': '{facility}, {period} : ligne {first} et ligne {second}',
  'column-at': 'colonne {place}',
  'cell-of-lines': '{column} : {value} (lignes {from} à {to})',
  'number-read-as': '{column} : {written} est {read}',
  'column-with-thousands': '{column} : milliers',
  'column-with-decimals': '{column} : décimales',
  'feature-at': 'élément {place}',

  'text-read-as':
    'Le texte ne dit pas comment il est encodé ; il a été lu en {encoding}. Choisissez l’encodage si des noms paraissent abîmés.',
  'one-sheet-read': 'Le classeur a plusieurs feuilles : seule {sheet} a été lue.',
  'rows-above-header': 'Les lignes au-dessus de l’en-tête, qui est à la ligne {line}, n’ont pas été lues.',
  'header-of-two-rows': 'L’en-tête occupe deux lignes, {first} et {last} ; leurs noms ont été réunis.',
  'row-of-tags': 'La ligne {line}, qui contient des balises HXL, n’a pas été lue.',
  'row-of-units': 'La ligne {line} n’a pas été lue : elle donne les unités ou les numéros des colonnes.',
  'header-repeated': 'La colonne {place} répète l’en-tête {header} et est montrée sous le nom {name}.',
  'rows-repeat-header': 'Les lignes qui répètent l’en-tête ont été laissées de côté.',
  'columns-without-header': 'Les colonnes sans en-tête ont été laissées de côté.',

  'formulas-without-result':
    'Des cellules contiennent une formule sans son résultat et comptent donc comme manquantes. Ouvrez le classeur dans un tableur, enregistrez-le et envoyez-le à nouveau.',
  'merged-cells-filled': 'Les cellules fusionnées sur plusieurs lignes ont été lues pour chacune de ces lignes.',
  'merged-numbers-missing':
    'Les nombres des cellules fusionnées sur plusieurs lignes valent pour ces lignes ensemble ; ils comptent comme manquants.',
  'marks-taken-as-missing':
    'Les cellules qui contiennent la marque d’une valeur manquante ont été prises pour manquantes.',
  'numbers-rewritten':
    'Les nombres avec une virgule décimale, des séparateurs de milliers ou d’autres chiffres ont été lus comme des chiffres ordinaires.',
  'percent-signs-read': 'Les nombres avec un signe pour cent ont été lus comme des pourcentages : 22.5% est 22.5.',
  'units-read': 'Chaque nombre de ces colonnes est suivi de la même unité et a été lu sans elle : 12.5 km est 12.5.',
  'signs-read-as-said': 'Le signe dans les nombres de ces colonnes a été lu comme une personne l’a dit.',
  'texts-look-broken':
    'Des en-têtes ou des noms semblent avoir été lus dans un mauvais encodage ; ils ont été gardés tels quels.',

  'name-column-assumed':
    'Aucun en-tête ne nomme les aires : {column} a été choisie, parce que ses valeurs sont presque toutes différentes.',
  'wards-shown-by-code': 'Il n’y a pas de colonne WardName : les aires sont désignées par {column}.',
  'column-says-the-same': '{column} n’a pas été utilisée : {other} dit la même chose d’une aire.',
  'code-shared': '{column} n’a pas été prise pour le code d’une aire : des aires de noms différents ont le même.',
  'area-named-once':
    '{column} ne nomme chaque zone qu’une fois, en tête de ses aires : les cellules vides en dessous ont été complétées avec ce nom.',
  'values-lacking': '{missing} valeurs sur {rows} manquent dans {column}.',
  'cells-lacking': '{missing} cellules sur {rows} manquent dans {column}.',
  'value-too-great':
    '{value} dans {column} a été pris pour une valeur manquante : rien dans une aire n’est aussi grand.',
  'people-below-zero':
    '{value} dans {column} a été pris pour une valeur manquante : un nombre d’habitants n’est jamais négatif.',

  'no-indicator': '{column} n’est pas un indicateur : {why}.',
  'all-missing': 'toutes ses cellules manquent',
  'holds-text': 'elle contient du texte',
  'holds-numbers-and-text': 'elle contient des nombres dans un fichier et du texte dans un autre',
  'cells-no-numbers': '{count} de ses cellules ne sont pas des nombres, la première à la ligne {line} : {cell}',
  'cells-not-plain-numbers':
    '{count} de ses cellules ne sont pas des nombres, la première à la ligne {line} : {cell} ; écrivez les nombres en chiffres avec un point décimal, sans séparateurs, ni espaces, ni %',
  'names-rows': 'elle nomme ou numérote les lignes',
  'is-period': 'c’est la période de la ligne',
  'is-left-out': 'une personne a dit de la laisser de côté',
  'is-row-number': 'elle numérote les lignes',
  'is-area-code': 'c’est un code ou un numéro de la zone',
  'is-address': 'c’est un numéro de téléphone ou une adresse',
  'is-coordinate': 'c’est une coordonnée',
  'is-shape-size': 'c’est une longueur ou une surface de la forme',
  'is-date': 'c’est une date ou une période',
  'is-level': 'c’est un niveau de la hiérarchie',
  'is-rank': 'c’est un rang',
  'is-sum-of-columns': 'elle additionne d’autres colonnes',
  'rises-by-step': 'ses valeurs augmentent toujours du même pas, donc elle numérote les lignes',
  'holds-years': 'ses valeurs sont des années',
  'holds-months': 'ses valeurs sont des années avec des mois',
  'holds-longitudes': 'ses valeurs sont les longitudes des aires',
  'holds-latitudes': 'ses valeurs sont les latitudes des aires',
  'bounds-trend': 'c’est une borne de la tendance et non un chiffre de l’aire',

  'rows-empty': 'Les lignes vides ont été laissées de côté.',
  'rows-nameless': 'Les lignes sans nom ni code d’aire ont été laissées de côté.',
  'rows-summing-up':
    'Les lignes qui résument les autres (Total, Moyenne, etc.) ont été laissées de côté : ce ne sont pas des aires.',
  'rows-called-areas':
    'Les lignes qui portent le nom d’une LGA ou d’un État ont été laissées de côté : ce ne sont pas des aires.',
  'rows-heading':
    'Les lignes qui ont le nom d’une zone et aucune valeur ont été laissées de côté : ce sont des intertitres et non des aires.',
  'rows-unknown':
    'Les lignes dont le nom dit que l’aire n’est pas connue ont été laissées de côté : elles ne nomment aucune aire.',
  'rows-remarks':
    'Les remarques sur le tableau, et les lignes sans valeurs et sans la zone que les autres ont, ont été laissées de côté.',
  'rows-of-areas':
    'Les lignes qui sont la somme ou la moyenne d’autres lignes, ou qui valent pour leur zone, ont été laissées de côté : ce ne sont pas des aires.',
  'rows-repeat-ward':
    'Les lignes qui répètent une aire avec les mêmes valeurs ont été laissées de côté ; sa première ligne a été gardée.',
  'rows-of-total-period': 'Les lignes d’un total sur les périodes ont été laissées de côté.',
  'periods-of-other-length':
    'Les périodes d’une autre longueur que la plupart (des années à côté de mois) ne comptent ni dans la moyenne ni dans la somme.',
  'one-row-a-value':
    'Le tableau a une ligne par valeur : chaque {element} est devenu une colonne, et {unread} lignes sans nombre ont été laissées de côté.',
  'tables-put-together':
    '{tables} tableaux d’aires ont été réunis ; les numéros de ligne continuent d’un fichier à l’autre.',
  'columns-of-some-files':
    'Colonnes que tous les fichiers n’ont pas : elles manquent dans les lignes des autres fichiers.',
  'names-repeat':
    'Les noms d’aires qui se répètent sont montrés avec leur code, leur LGA, leur État ou leur ligne entre parenthèses.',

  'attributes-read-as': '{why} : les attributs ont été lus en {encoding}.',
  'no-cpg-but-code-page': 'Il n’y a pas de fichier .cpg, et le .dbf nomme son encodage',
  'no-cpg': 'Il n’y a pas de fichier .cpg',
  'cpg-does-not-fit': 'Le fichier .cpg nomme un encodage qui ne convient pas ({name})',
  'wgs84-assumed':
    '{found} : les coordonnées sont comprises entre les limites des degrés et ont été prises pour du WGS84.',
  'no-prj': 'Il n’y a pas de fichier .prj',
  'prj-empty': 'Le fichier .prj est vide',
  'geopackage-without-system': 'Le GeoPackage ne nomme aucun système de coordonnées',
  'coordinates-converted': 'Les coordonnées ont été converties de {system} en degrés WGS84.',
  'coordinates-converted-roughly':
    'Les coordonnées ont été converties de {system} en degrés WGS84. Son datum n’est pas connu ici : les lieux peuvent être décalés de quelques centaines de mètres au plus.',
  'layer-as-settled': 'La couche {name} a été lue, comme il a été décidé ; le fichier a {layers} couches.',
  'layer-by-name-and-size': 'La couche {name} a été lue, d’après son nom et sa taille ; le fichier a {layers} couches.',
  'files-without-boundaries': 'Les fichiers qui ne contiennent pas de limites n’ont pas été lus.',
  'files-without-polygons': 'Les fichiers sans polygones n’ont pas été lus : les aires sont des polygones.',
  'features-without-polygon': 'Les éléments sans polygone ont été laissés de côté.',
  'points-and-lines': 'Les points et les lignes ont été laissés de côté : les aires sont des polygones.',
  'rings-too-short': 'Les contours de moins de quatre points ont été laissés de côté.',
  'rings-by-place':
    'Les contours dont le sens de parcours n’indique rien ont été pris pour des bords ou des trous d’après leur place.',
  'features-deleted': 'Les éléments marqués comme supprimés dans le .dbf ont été laissés de côté.',
  'features-united':
    'Les aires faites de plusieurs éléments ont été réunies : chacune est une seule aire en plusieurs parties.',

  'reports-nameless': 'Les lignes sans aire ou sans formation sanitaire ont été laissées de côté.',
  'reports-of-unknown-ward':
    'Les lignes dont l’aire n’est pas connue ont été laissées de côté : un tel nom n’est pas une aire.',
  'reports-summing-up':
    'Les lignes qui résument les autres (Total, Moyenne, etc.) ont été laissées de côté : ce ne sont ni des aires ni des formations sanitaires.',
  'reports-of-areas':
    'Les lignes d’une LGA ou d’un État ont été laissées de côté : l’aire y est sa propre LGA ou son propre État.',
  'reports-of-other-levels': 'Les lignes des formations sanitaires d’autres niveaux ont été laissées de côté.',
  'reports-of-other-tests': 'Les lignes qui comptent autre chose que les tests choisis ont été laissées de côté.',
  'reports-repeated':
    'Les lignes qui répètent une formation sanitaire et une période avec les mêmes nombres ont été comptées une fois.',
  'reports-repeated-differing': 'Des lignes répètent une formation sanitaire et une période avec d’autres nombres.',
  'reports-repeated-without-period': 'Des lignes sans période répètent une formation sanitaire avec les mêmes nombres.',
  'reports-refused': 'Les lignes aux nombres impossibles ont été refusées.',
  'reports-of-totals':
    'Les rapports qui additionnent d’autres rapports de la même formation sanitaire (un total, un trimestre ou une année à côté de ses mois) ont été laissés de côté : {periods,}.',
  'without-period': 'sans période',
  'reports-without-year':
    'Les rapports dont la période ne nomme pas d’année ne comptent ni dans les chiffres d’une année ni dans une tendance.',
  'facilities-summing-up':
    'Les lignes qui additionnent les formations sanitaires de leur aire ont été laissées de côté : ce ne sont pas des formations sanitaires.',
  'wards-spelled-in-several-ways':
    'Les aires que le tableau des formations sanitaires écrit de plusieurs façons ont été prises pour une seule.',
  'facilities-spelled-in-several-ways':
    'Les formations sanitaires dont les noms ne diffèrent que par des majuscules ou des espaces ont été prises pour la même.',
  'headers-broken': 'Les en-têtes aux caractères abîmés ont été lus comme ceux qu’ils représentent.',
  'no-lga-column': 'Il n’y a pas de colonne LGA : les aires ne sont distinguées que par leur nom.',
  'no-month-column': 'Il n’y a pas de colonne de mois : la complétude n’est pas connue.',
  'columns-added-up':
    '{columns} colonnes comptent {method} {counted} {age} et ont été additionnées, parce que vous leur avez donné le même rôle.',
  'columns-read-as-one':
    '{columns} colonnes comptent {method} {counted} {age} et ont été lues comme une seule : là où les deux ont une valeur, elles concordent.',
  'tests-not-counted': 'Ces nombres ne sont pas dans le fichier : ils ne comptent donc pas dans les chiffres.',
  'tests-counted-by-half':
    'Le fichier compte ces personnes comme testées ou comme positives, mais pas les deux : elles ne sont pas dans les chiffres.',

  'no-ward-table':
    'Il n’y a pas de tableau des aires : les aires sont celles du tableau des formations sanitaires. Les aires sans formation sanitaire manquent, et la positivité des tests est le seul indicateur. Pour classer, mesurez-la pour plusieurs âges ou méthodes, ou envoyez un tableau des aires.',
  'measured-names-repeat':
    'Les noms d’aires qui se répètent sont montrés avec leur code, leur LGA ou leur ligne entre parenthèses.',
  'positivity-joined':
    'La positivité des tests a été ajoutée sous le nom {column} : {joined} aires mesurées sur {measured}.',
  'no-lga-shared-with-facilities':
    'Le tableau des aires et celui des formations sanitaires n’ont aucun nom de LGA en commun : la positivité a été reliée par le nom de l’aire dans tout le fichier.',
  'measured-spelled-differently':
    'Aires reliées à une aire mesurée dont le nom est écrit autrement dans le tableau des formations sanitaires.',
  'measured-not-joined': 'Aires mesurées qui ne sont pas dans le tableau des aires, ou dont le nom est ambigu.',
  'few-reports': 'Moins de la moitié des rapports attendus d’une aire sont présents pour ces années.',
  'incidence-means':
    'L’incidence est le nombre de tests positifs pour 1 000 habitants de {people}, quels que soient l’année et l’âge des personnes testées : les malades qui n’ont pas été testés n’y sont pas, et une aire qui rapporte moins semble en avoir moins.',
  'trend-means':
    '{trend} est la pente de Theil–Sen de la positivité, en points de pourcentage par an ; dans ses bornes à 95 %, elle est au-dessus de 0 dans {above} aires et en dessous dans {below}, et a trop peu de valeurs pour des bornes dans {unbounded}.',

  'names-joined-within-file-no-lga':
    'Le tableau des aires n’a pas de LGA : les noms ont été reliés dans tout le fichier.',
  'names-joined-within-file':
    'Les deux fichiers n’ont aucun nom ni code de LGA en commun : les noms ont été reliés dans tout le fichier.',
  'states-spelled-differently': 'Les États que les deux fichiers écrivent autrement ont été pris pour les mêmes.',
  'different-states': 'Les deux fichiers portent sur des États différents : aucune aire n’a été reliée par son nom.',
  'state-of-wards-assumed':
    'Le tableau des aires ne nomme aucun État ; d’après les LGA, toutes les aires sont supposées dans {state}.',
  'state-of-boundaries-assumed':
    'Les limites ne nomment aucun État ; d’après les LGA, toutes sont supposées dans {state}.',
  'codes-contradict-names': '{count} aires sur {compared} ont le code d’une limite qui porte un autre nom : {effect}.',
  'joined-by-name-as-settled': 'comme il a été décidé, les aires ont été reliées par le nom et non par le code',
  'left-without-boundary-as-settled': 'comme il a été décidé, elles sont restées sans limite',
  'joined-by-code-as-settled': 'comme il a été décidé, elles ont été reliées par le code',
  'joined-by-code': 'elles ont été reliées par le code ; vérifiez-les',
  'boundaries-stay': '{found}. Comme il a été décidé, les limites restent où elles sont.',
  'axes-exchanged': 'Comme il a été décidé, la longitude et la latitude des limites ont été échangées.',
  'lgas-without-boundary':
    'LGA du tableau des aires que les limites n’ont pas, peut-être parce qu’elles les écrivent autrement : leurs aires ne sont reliées que par le code ou à la main.',
  'codes-without-boundary':
    'Aires dont aucune limite n’a le code, peut-être parce qu’un zéro initial s’est perdu : elles ont été reliées par le nom s’il correspond.',
  'joined-by-code-spelled-differently': 'Aires reliées par le code et écrites autrement dans les limites.',
  'joined-by-name-spelled-differently': 'Aires reliées par le nom et écrites autrement dans les limites.',
  'matches-accepted': 'Aires qu’une personne a reliées à une limite.',
  'matches-refused': 'Limites probables qu’une personne a refusées.',
  'wards-without-boundary': '{count} aires sur {wards} n’ont pas de limite.',
  'boundaries-without-ward': '{count} limites sur {boundaries} n’ont pas d’aire.',
  'too-many-for-suggestions':
    'Trop d’aires n’ont pas de limite, si bien qu’aucune limite probable n’est proposée : les deux fichiers couvrent peut-être des zones différentes.',
} as const satisfies Readonly<Record<keyof typeof FINDING_TEXTS, string>>
