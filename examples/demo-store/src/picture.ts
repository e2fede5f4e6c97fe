/** Draws a picture for a product that has none: the same one for the same id, always. */

const PALETTES = [
  ['#f3e9dc', '#c98b5e', '#8a5a3b'],
  ['#e4e9ee', '#7f97ad', '#4a6078'],
  ['#e3ebdd', '#8aa678', '#54704a'],
  ['#f2e2d8', '#c9806a', '#8a4c3d'],
  ['#ece4ef', '#9c83ad', '#654f78'],
  ['#e0ecec', '#6fa3a3', '#3f7070'],
] as const;

/** What is drawn, by the outline of the thing and the lines of its seams and edges. */
const SHAPES = [
  // A T-shirt
  {
    outline:
      'M176 108c18 30 110 30 128 0 40 8 66 24 92 66l-50 46-26-22c-4 66-2 132 4 198-56 12-112 12-168 0 6-66 8-132 4-198l-26 22-50-46c26-42 52-58 92-66z',
    lines: 'M168 116c22 44 122 44 144 0M160 198l-8-40M320 198l8-40M160 376c54 10 106 10 160 0',
  },
  // A dress
  {
    outline:
      'M186 96l18-6c10 30 62 30 72 0l18 6c-2 44 4 68 18 96 30 60 50 120 62 196-90 28-178 28-268 0 12-76 32-136 62-196 14-28 20-52 18-96z',
    lines: 'M172 186c44 16 92 16 136 0M200 198c-10 60-22 130-30 196M280 198c10 60 22 130 30 196',
  },
  // Trousers
  {
    outline:
      'M164 92h152c10 100 18 202 22 306-28 8-54 8-80 0-4-66-10-128-18-186-8 58-14 120-18 186-26 8-52 8-80 0 4-104 12-206 22-306z',
    lines: 'M162 122h156M240 122v90M176 124c-2 30-10 46-18 52M304 124c2 30 10 46 18 52',
  },
  // A jumper
  {
    outline:
      'M184 110c20 18 92 18 112 0 38 6 60 26 70 66 12 56 22 112 28 170-16 10-32 12-50 8l-26-112c0 50 2 96 8 142-58 12-114 12-172 0 6-46 8-92 8-142l-26 112c-18 4-34 2-50-8 6-58 16-114 28-170 10-40 32-60 70-66z',
    lines: 'M176 114c24 34 104 34 128 0M156 362c56 10 112 10 168 0M92 330l44 10M388 330l-44 10',
  },
  // A parcel
  {
    outline: 'M240 118l132 54v150l-132 70-132-70V172z',
    lines: 'M108 172l132 60 132-60M240 232v160M174 144l132 58v52',
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
  const { outline, lines } = SHAPES[Math.floor(number / 7) % SHAPES.length] ?? SHAPES[0];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 480">
<defs><linearGradient id="cloth" x1="0" y1="0" x2="1" y2="1"><stop stop-color="${light}"/><stop offset="1" stop-color="${dark}"/></linearGradient></defs>
<rect width="480" height="480" fill="${ground}"/>
<circle cx="${120 + (number % 241)}" cy="190" r="150" fill="#fff" opacity=".35"/>
<ellipse cx="240" cy="424" rx="130" ry="14" fill="${dark}" opacity=".18"/>
<path d="${outline}" fill="url(#cloth)" stroke="${dark}" stroke-width="3" stroke-linejoin="round"/>
<path d="${lines}" fill="none" stroke="#fff" stroke-opacity=".45" stroke-width="3" stroke-dasharray="9 7"/>
</svg>
`;
}
