/**
 * Fills in what a data set does not tell, for demos only: the same row always gets the same name and
 * day, so that a second import finds the first one's reviews again.
 */

const FIRST_NAMES = [
  'Ada',
  'Amir',
  'Anna',
  'Ben',
  'Bruna',
  'Carla',
  'Chen',
  'Clara',
  'David',
  'Elena',
  'Emil',
  'Fatima',
  'Finn',
  'Greta',
  'Hana',
  'Hugo',
  'Ines',
  'Ivan',
  'Jana',
  'Jonas',
  'Kai',
  'Lara',
  'Leo',
  'Lucia',
  'Maja',
  'Marco',
  'Mina',
  'Nadia',
  'Nils',
  'Noor',
  'Olga',
  'Omar',
  'Pia',
  'Rafael',
  'Rosa',
  'Sara',
  'Tariq',
  'Theo',
  'Vera',
  'Yuki',
] as const;
const INITIALS = 'ABCDEFGHIJKLMNOPRSTVW';
const LAST_DAY_MS = Date.UTC(2026, 5, 30);
const SPREAD_MINUTES = 3 * 365 * 24 * 60;

/** A well-mixed number for a row (the finaliser of MurmurHash3). */
function mix(row: number): number {
  let hash = Math.imul(row ^ (row >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A display name such as `Clara B.` */
export function inventName(row: number): string {
  const hash = mix(row + 1);
  const initial = INITIALS[Math.floor(hash / FIRST_NAMES.length) % INITIALS.length];
  return `${FIRST_NAMES[hash % FIRST_NAMES.length]} ${initial}.`;
}

/** An instant in the three years up to the middle of 2026. */
export function inventDate(row: number): Date {
  return new Date(LAST_DAY_MS - (mix(row + 0x9e37) % SPREAD_MINUTES) * 60_000);
}
