/** Hausa words of questions about wards, risk and nets, with their English. */
export const HAUSA = `
wace | which
wacce | which
wane | which
wanne | which
wadanne | which
wanene kai | who are you
kai wanene | who are you
wa kai ne | who are you
me za ka iya yi | what can you do
me kake yi | what can you do
taimako | help
taimaka | help
taimaka min | help
nuna min | show me
nuna mani | show me
nuna mana | show us
nuna | show
ba ni | give me
bani | give me
jera | list
lissafa | list
nawa | how many
nawa ne | how many
guda nawa | how many
yawan mutane | population
yawan jama a | population
yawan | number of
mutane | people
ke zaune a | in
ke zama a | in
suke zaune a | in
ke zaune | live
da ke zaune a | in
jama a | people
unguwa | ward
unguwar | ward
unguwanni | wards
unguwannin | wards
gunduma | ward
gundumar | ward
gundumomi | wards
mazaba | ward
mazabu | wards
karamar hukuma | LGA
karamar hukumar | LGA
kananan hukumomi | LGAs
jiha | state
jihar | state
jihata | my state
mafi hadari | at highest risk
mafi hatsari | at highest risk
mafi hadarin | at highest risk of
fi hadari | at highest risk
fi hadarin | at highest risk of
suka fi hadari | at highest risk
ta fi hadarin | at highest risk of
ce ta fi hadarin | is at highest risk of
ce ta fi hadari | is at highest risk
mafi karancin hadari | at lowest risk
fi karancin hadari | at lowest risk
mafi kankantar hadari | at lowest risk
mafi yawan | the highest
ta fi yawan | has the most
ce ta fi yawan | has the most
suka fi yawan | have the most
fi yawan | has the most
ta fi karancin | has the fewest
ce ta fi karancin | has the fewest
suka fi karancin | have the fewest
mafi yawa | the highest
mafi girma | the highest
mafi girman | the highest
mafi karanci | the lowest
mafi karancin | the lowest
hadari | risk
hadarin | risk of
hatsari | risk
babban hadari | high risk
hadari mai yawa | high risk
matsakaicin hadari | medium risk
karamin hadari | low risk
karancin hadari | low risk
zazzabin cizon sauro | malaria
cizon sauro | malaria
maleriya | malaria
zazzabi | fever
yarona | my child
yaro na | my child
yarinyata | my child
matata | my wife
magani | drug
maganin | drug of
sauro | mosquito
gidan sauro | net
gidajen sauro | nets
ragar sauro | net
ragunan sauro | nets
taswira | map
taswirar | map of
me yasa | why
me ya sa | why
mai yasa | why
don me | why
saboda me | why
ruwan sama | rainfall
yi bincike | run the analysis
yi nazari | run the analysis
gudanar da bincike | run the analysis
raba | distribute
rarraba | distribute
shirya | plan
tsara | plan
kwatanta | compare
bayyana | explain
bayani | explain
matsakaici | average
matsakaicin | average
masu | with
mai | with
fiye da | more than
sama da | above
kasa da | below
akalla | at least
tsakanin | between
jimla | total
jimlar | total
bayanai | data
bayanana | my data
ne |
sosai |
ce |
ta |
ya |
suka |
su |
nan |
don allah | please
a cikin | in
cikin | in
a | in
na | of
da | and
ko | or
daga | from
ban da | except
sannu | hello
barka | hello
ina kwana | good morning
ina wuni | hello
salam | hello
salamu alaikum | hello
na gode | thank you
nagode | thank you
godiya | thank you
eh | yes
i na yarda | yes
a a | no
`
