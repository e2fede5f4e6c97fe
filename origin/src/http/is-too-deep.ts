/** Deeper than anything that is sent in earnest; validators, which call themselves, would run out of stack. */
const DEPTH_MAX = 100;

/** Whether lists and objects of a JSON text are nested too deep to be looked at; in linear time. */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  let isInText = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    // Brackets in texts nest nothing; what follows a backslash ends no text.
    if (character === '"') isInText = !isInText;
    else if (isInText) index += character === '\\' ? 1 : 0;
    else if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth -= 1;
    if (depth > DEPTH_MAX) return true;
  }
  return false;
}
