/** The parts of a script that has the first view in it: chunks, each a function of what both use. */

/** All of that; the build writes it in place of this name. */
declare const __PLAUDIT_SHARED__: Readonly<Record<string, unknown>>;

/** Without parameters: the build knows no names that it has inside. */
const toShared = () => __PLAUDIT_SHARED__;

let folder = '';

/** Says where the parts are; before the first is loaded. */
export function setFolder(url: string): void {
  folder = url;
}

/** The build writes this around `import()` in the reviews' code, and leaves the name of the file alone. */
export const importPart = async (name: string): Promise<unknown> => {
  const { default: make } = (await import(folder + name)) as {
    default: (shared: object) => unknown;
  };
  return make(toShared());
};
