/** Words of Nigerian Pidgin that standard English reads in another way, with their English. */
export const PIDGIN = `
wetin be | what is
wetin you fit do | what can you do
wetin you sabi do | what can you do
wetin una fit do | what can you do
wetin | what
who you be | who are you
how far | hello
how you dey | hello
how una dey | hello
how body | hello
wey dey | that are
wey get | with
wey | that
dey at risk pass | are at highest risk
dey at risk | are at risk
at risk pass | at highest risk
dey risky pass | are at highest risk
dey high pass | is highest
dey high | is high
dey low pass | is lowest
dey low | is low
high pass | highest
low pass | lowest
small pass | smallest
big pass | largest
plenty pass | highest
pass all | highest
land big pass | have the largest area
land small pass | have the smallest area
no too dey | is lowest
no dey plenty | is lowest
no dey | is not
no be | is not
no get | do not have
no reach | below
dey | is
fit | can
una | you
dem | they
pikin | child
wahala | problem
which kain | which
dis | this
dat | that
wan | want to
gimme | give me
make i see | show me
make we see | show us
make you | please
abeg | please
oya | please
na | is
sabi | know
don | have
o |
sef |
sha |
shey |
oga |
`
