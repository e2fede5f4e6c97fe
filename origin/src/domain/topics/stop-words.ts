/**
 * Words that no topic begins or ends with: what holds sentences together in the languages that shops
 * write most, and what every review says. Short lists on purpose: what is common in a shop weighs
 * little anyhow.
 */
const LISTS = [
  // English
  `a about after all also am an and any are as at back be been but by can could did do does down even
  every few first for from get got had has have he her him his how i if in into is it its just like made
  make many me more most much my no not now of off on one only or other our out over own put really she
  so some such than that the their them then there these they this those though through to too up us
  use used using very was we well were what when which while who will with would you your`,
  // German
  `aber alle als am an auch auf aus bei bin bis da das dass dem den der des die dieser dieses du ein eine
  einem einen einer er es etwas für gibt habe haben hat ich ihr im in ist ja kann kein keine man mehr mein
  mich mir mit nach nicht noch nur oder schon sehr sich sie sind so um und uns vom von vor war was wenn
  wie wir wird zu zum zur`,
  // French
  `ai au aussi aux avec avoir bien ce cela ces cette comme dans de des du elle elles en est et été être
  fait il ils je la le les leur lui ma mais me mes moi mon ne nous on ou par pas peu plus pour que qui sa
  sans se ses son sont sur tout tous très trop tu un une vous y`,
  // Spanish, Portuguese, Italian
  `al che chi com como con da de del della delle di do dos el ella em en era es esta este está fue ha hay
  he ho il já la las le les lo los ma mais mas me mi molto muito muy más na nada non no nos não o os para
  per pero più por porque que questo se sem ser si sin sobre sono su também todo todos tutto um uma un una
  uno y ya é`,
  // Polish, Dutch
  `ale bardzo bo być co czy dla do go i ich jak jest już ma mi mnie na nie od po przez są się tak to w z
  za ze że aan als ben bij dat de deze die dit een en er geen goed heb heeft het hij ik is kan maar met
  mijn naar niet nog of om onder ook op te tot uit van veel voor was wat wel wij wordt ze zeer zijn zo`,
  // What every review says
  `amazing awesome bad best better bought buy disappointed enjoy excellent fantastic fine good great happy
  item items love loved nice order ordered perfect pleased product products purchase purchased recommend
  recommended review star stars super thank thanks thing things wonderful day days time times year years
  bestellt einfach empfehlen empfehlung gekauft gut gute gutes kauf kaufen klasse produkt schön super tag
  toll zufrieden achat acheté bon bonne commande excellent parfait produit recommande satisfait bueno
  buena compra comprado excelente perfecto producto recomiendo bom ottimo perfetto prodotto consiglio
  dobry polecam produkt świetny goede mooi tevreden`,
];

/** The words, in lower case. */
export const STOP_WORDS: ReadonlySet<string> = new Set(LISTS.join(' ').split(/\s+/));
