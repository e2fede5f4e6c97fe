import { suffix } from 'virtual:chunks';

/** Loads one of the chunks that the loader knows by name. */
export type LoadChunk = <Chunk>(name: string) => Promise<Chunk>;

/** In full: browsers know no base address in a script from another origin. */
export const createLoadChunk =
  (edge: string): LoadChunk =>
  (name) =>
    import(`${edge}/assets/${name}${suffix}`);
