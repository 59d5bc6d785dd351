/** French words of questions about wards, risk and nets, with their English. */
export const FRENCH = `
quel est | what is
quelle est | what is
quels sont | which are
quelles sont | which are
quel | which
quelle | which
quels | which
quelles | which
qui es tu | who are you
qui etes vous | who are you
que peux tu faire | what can you do
que pouvez vous faire | what can you do
que sais tu faire | what can you do
aide | help
aidez moi | help
aide moi | help
combien | how many
combien de | how many
combien d | how many
combien de moustiquaires faut il | how many nets do we need
combien de moustiquaires faut | how many nets do we need
faut il | do we need
pour couvrir | for
pour proteger | for
toute la lga de | all of
toute la zone de | all of
tout le lga de | all of
il faut | we need
montre moi | show me
montrez moi | show me
montre | show
montrez | show
affiche | show
affichez | show
donne moi | give me
donnez moi | give me
liste | list
lister | list
listez | list
commune | ward
communes | wards
quartier | ward
quartiers | wards
arrondissement | ward
arrondissements | wards
localite | ward
localites | wards
aire de sante | ward
aires de sante | wards
zone de sante | LGA
zones de sante | LGAs
district | LGA
districts | LGAs
departement | LGA
departements | LGAs
etat | state
personnes | people
habitants | people
gens | people
vivent | live
habitent | live
population | population
nombre de | number of
a haut risque | at high risk
haut risque | high risk
a risque eleve | at high risk
risque eleve | high risk
a faible risque | at low risk
faible risque | low risk
a bas risque | at low risk
risque faible | low risk
a risque moyen | at medium risk
a risque modere | at medium risk
risque moyen | medium risk
les plus a risque | at highest risk
le plus a risque | at highest risk
la plus a risque | at highest risk
plus a risque | at highest risk
les plus exposes | at highest risk
les plus exposees | at highest risk
la plus exposee | at highest risk
le plus expose | at highest risk
les plus vulnerables | at highest risk
le plus vulnerable | at highest risk
la plus vulnerable | at highest risk
les moins a risque | at lowest risk
le moins a risque | at lowest risk
la moins a risque | at lowest risk
les moins exposees | at lowest risk
la plus elevee | the highest
le plus eleve | the highest
les plus eleves | the highest
la plus forte | the highest
le plus grand | the highest
la plus grande | the highest
le plus de | the highest
la plus faible | the lowest
le plus bas | the lowest
la plus basse | the lowest
le moins de | the lowest
risque | risk
risques | risks
paludisme | malaria
malaria | malaria
moustiquaire | net
moustiquaires | nets
moustiquaires impregnees | nets
carte | map
carte de | map of
carte du | map of
carte des | map of
pourquoi | why
pluie | rain
pluies | rain
pluviometrie | rainfall
precipitations | rainfall
taux de positivite | test positivity
altitude | elevation
superieur a | above
superieure a | above
superieurs a | above
superieures a | above
au dessus de | above
plus de | more than
inferieur a | below
inferieure a | below
inferieurs a | below
inferieures a | below
au dessous de | below
moins de | less than
au moins | at least
au plus | at most
entre | between
ont un | have a
ont une | have a
avec un | with a
avec une | with a
moyenne | average
moyen | average
mediane | median
somme | total
lancer l analyse | run the analysis
lance l analyse | run the analysis
lancez l analyse | run the analysis
fais l analyse | run the analysis
faites l analyse | run the analysis
faire l analyse | run the analysis
analyser | analyse
analyse | analysis
planifier | plan
planifie | plan
planifiez | plan
repartir | plan
repartis | plan
distribuer | distribute
distribue | distribute
distribuez | distribute
comparer | compare
compare | compare
comparez | compare
explique | explain
expliquer | explain
expliquez | explain
donnees | data
mes donnees | my data
mon enfant | my child
fievre | fever
a de la fievre | has fever
medicament | drug
medicaments | drugs
l annee prochaine | next year
s il vous plait | please
s il te plait | please
svp | please
est | is
est il | is
est elle | is
sont ils | are
sont elles | are
sont | are
ont | have
y a t il | are there
il y a | there are
dans | in
dans les | in
dans la | in
dans le | in
en | in
a | in
pour | for
au | in
aux | in
de | of
du | of
des | of
d | of
de la | of
de l | of
l |
le | the
la | the
les | the
et | and
ou | or
sans | without
avec | with
sauf | except
nous | we
vous | you
moi | me
bonjour | hello
bonsoir | hello
salut | hello
merci | thank you
oui | yes
non | no
`
