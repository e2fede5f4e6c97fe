/** There is no such import in this shop. */
export class UnknownImportError extends Error {
  constructor(id: string) {
    super(`There is no import "${id}" in this shop.`);
  }
}

/** Another process goes on with this import, or undoes it. */
export class ImportTakenOverError extends Error {
  constructor(id: string) {
    super(
      `The import ${id} is being continued or undone elsewhere. What came before that is kept.`,
    );
  }
}
