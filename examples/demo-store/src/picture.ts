/** Draws a picture for a product that has none: the same one for the same id, always. */

const PALETTES = [
  ['#f3e9dc', '#c98b5e', '#8a5a3b'],
  ['#e4e9ee', '#7f97ad', '#4a6078'],
  ['#e3ebdd', '#8aa678', '#54704a'],
  ['#f2e2d8', '#c9806a', '#8a4c3d'],
  ['#ece4ef', '#9c83ad', '#654f78'],
  ['#e0ecec', '#6fa3a3', '#3f7070'],
] as const;

/** Garments, by the outline of the cloth and the lines of its seams. */
const SHAPES = [
  {
    cloth: 'M160 110l80 34 80-34 70 60-46 62-24-18v186H160V214l-24 18-46-62z',
    seams: 'M240 144v256M160 226h160',
  },
  {
    cloth: 'M176 100h128l14 120 54 180H108l54-180z',
    seams: 'M162 220h156M240 220v180M200 220l-30 180M280 220l30 180',
  },
  { cloth: 'M160 100h160l26 300h-84l-22-196-22 196h-84z', seams: 'M154 150h172M240 150v54' },
  {
    cloth: 'M150 120l90 24 90-24 60 250-50 10-30-110v140H170V270l-30 110-50-10z',
    seams: 'M240 144v266M210 190h60M210 240h60',
  },
] as const;

const hash = (text: string): number => {
  let value = 7;
  for (let at = 0; at < text.length; at++)
    value = (Math.imul(value, 31) + text.charCodeAt(at)) >>> 0;
  return value;
};

/** An SVG document. Made of fixed parts only: nothing of the id is in it. */
export function drawPicture(id: string): string {
  const number = hash(id);
  const [ground, light, dark] = PALETTES[number % PALETTES.length] ?? PALETTES[0];
  const { cloth, seams } = SHAPES[Math.floor(number / 7) % SHAPES.length] ?? SHAPES[0];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 480">
<defs><linearGradient id="cloth" x1="0" y1="0" x2="1" y2="1"><stop stop-color="${light}"/><stop offset="1" stop-color="${dark}"/></linearGradient></defs>
<rect width="480" height="480" fill="${ground}"/>
<ellipse cx="240" cy="424" rx="130" ry="14" fill="${dark}" opacity=".18"/>
<path d="${cloth}" fill="url(#cloth)" stroke="${dark}" stroke-width="4" stroke-linejoin="round"/>
<path d="${seams}" fill="none" stroke="#fff" stroke-opacity=".45" stroke-width="3" stroke-dasharray="9 7"/>
</svg>
`;
}
