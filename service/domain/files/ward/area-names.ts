import { wordForm } from '../summary-row.ts'

/** Words for an area above a ward in English, French, Portuguese and Hausa, before or after its name. */
const AREA =
  '(?:state|province|region|district|county|country|local government(?: area)?|lga|zone|' +
  'departement|prefecture|cercle|etat|pays|estado|provincia|regiao|distrito|municipio|pais|' +
  'jiha|jihar|karamar hukuma|karamar hukumar|kasa|kasar)'
const JOINT = '(?: (?:of|de|du|des|d|de la|da|do|dos|das|ta|na))?'
const CALLED_AREA = new RegExp(`^(?:${AREA}${JOINT} .+|.+ ${AREA}|${AREA})$`)

/** Countries with malaria programmes, as their reports name themselves, and the states of Nigeria. */
const AREAS: ReadonlySet<string> = new Set(
  (
    'angola,benin,botswana,burkina faso,burundi,cabo verde,cameroon,cameroun,central african republic,' +
    'republique centrafricaine,chad,tchad,comoros,comores,congo,republic of congo,democratic republic of the congo,drc,' +
    'rdc,republique democratique du congo,cote d ivoire,djibouti,equatorial guinea,guinea equatorial,eritrea,eswatini,' +
    'ethiopia,gabon,gambia,the gambia,ghana,guinea,guinee,guinea bissau,guine bissau,kenya,liberia,madagascar,malawi,' +
    'mali,mauritania,mauritanie,mozambique,mocambique,namibia,niger,nigeria,rwanda,sao tome e principe,senegal,' +
    'sierra leone,somalia,south africa,south sudan,sudan,tanzania,togo,uganda,zambia,zimbabwe,' +
    'abia,adamawa,akwa ibom,anambra,bauchi,bayelsa,benue,borno,cross river,delta,ebonyi,edo,ekiti,enugu,fct,' +
    'federal capital territory,gombe,imo,jigawa,kaduna,kano,katsina,kebbi,kogi,kwara,lagos,nasarawa,ogun,ondo,osun,oyo,' +
    'plateau,rivers,sokoto,taraba,yobe,zamfara'
  ).split(','),
)

/** Whether a name is that of a country or a state, or has the word for an area above a ward: `Province du Sud`. */
export function namesArea(name: string): boolean {
  const words = wordForm(name)
  return AREAS.has(words) || (CALLED_AREA.test(words) && !/\bwards?\b/.test(words))
}
