// What names are made of. Put together they sound Dutch and are, as far as we know, nobody's.

export const GIVEN: readonly string[] = (
  'Aafke Bram Ciska Douwe Eefje Floor Gijs Hanneke Ilse Jorrit Karlijn Leendert Maartje Niek Oeds Petra Quirijn Roos ' +
  'Sjoerd Teun Ursula Veerle Wouter Xandra Yfke Zeger Anouk Bas Corrie Diederik Esra Fatima Geert Hicham Imke Jelle ' +
  'Kees Lotte Mehmet Noor Olga Piet Ruben Soraya Tjitske Umut Vera Wim Yasmina Zoë'
).split(' ');

export const PARTICLES = ['', '', '', 'van', 'de', 'van der', 'ter', 'van den'] as const;

export const STEMS: readonly string[] = (
  'Wilgen Eiken Zand Molen Veen Broek Heide Linden Duin Meer Brug Kerk Klaver Raven Otter Riet Schaap Steen Turf ' +
  'Vlinder Water Winter Zomer Zilver'
).split(' ');

export const FAMILY_ENDS: readonly string[] =
  'hof stra berg huis waard kamp zicht horst beek veld burg donk'.split(' ');
export const STREET_ENDS: readonly string[] = 'straat weg laan plein kade pad singel dreef'.split(' ');
export const PLACE_ENDS: readonly string[] = 'dam drecht wolde oord wijk rode sluis'.split(' ');

export const PRODUCTS = [
  'telefooncentrale',
  'doorkiesnummer',
  'keuzemenu',
  'voicemail',
  'chatvenster',
  'tweede lijn',
  'wachtmuziek',
  'gespreksopname',
] as const;

export const QUESTIONS = [
  'Kan ik mijn nummer behouden als ik overstap?',
  'De doorschakeling werkt sinds gisteren niet meer.',
  'Graag een offerte voor vier toestellen.',
  'Hoe zet ik het keuzemenu op vakantiestand?',
  'Mijn factuur klopt niet, willen jullie ernaar kijken?',
  'Wanneer komt de monteur langs?',
] as const;

export const ACTIONS = [
  'openingstijden gewijzigd',
  'doorschakeling aangezet',
  'doorschakeling uitgezet',
  'begroeting opgenomen',
] as const;
