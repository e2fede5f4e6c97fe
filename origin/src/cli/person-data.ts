/** What a person may ask of a shop, on the command line. */
import { erasePerson } from '../domain/persons/erase.ts';
import { exportPerson } from '../domain/persons/export.ts';
import { readOptions, required, withDatabase, type Command } from './command.ts';
import { confirm } from './confirm.ts';

export const personExport: Command = {
  help: `Usage: plaudit person export --shop KEY --email ADDRESS

Prints, as JSON, everything that a shop keeps of the person with an e-mail address: reviews, questions,
photos, orders, and what webhooks were told. Votes and answers are kept without an address and belong to nobody.
`,
  async run(args) {
    const options = { shop: { type: 'string' }, email: { type: 'string' } } as const;
    const { values } = readOptions({ args, options });
    const appKey = required(values.shop, '--shop KEY');
    const email = required(values.email, '--email ADDRESS');
    const found = await withDatabase((context) => exportPerson(context, appKey, email));
    console.log(JSON.stringify(found, null, 2));
    return 0;
  },
};

export const personErase: Command = {
  help: `Usage: plaudit person erase --shop KEY --email ADDRESS [--reviews] [--yes]

Takes the name and address of a person off what they wrote in a shop, here and in every cache; stars,
texts and photos stay and belong to nobody. Orders, and what webhooks were told, are erased. It cannot be
undone. Backups made before still hold the person, sealed, until they are removed; restoring one erases
the person again.

  --reviews   remove the reviews themselves as well, with their photos
  --yes       do not ask
`,
  async run(args) {
    const options = {
      shop: { type: 'string' },
      email: { type: 'string' },
      reviews: { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
    } as const;
    const { values } = readOptions({ args, options });
    const appKey = required(values.shop, '--shop KEY');
    const email = required(values.email, '--email ADDRESS');
    const question = `Erase ${email} from "${appKey}" for good?`;
    if (!values.yes && !(await confirm(question, 'yes'))) return 1;
    const erasure = { removesReviews: values.reviews };
    const { reviews, questions, orders } = await withDatabase((context) =>
      erasePerson(context, appKey, email, erasure),
    );
    const what = values.reviews ? 'removed' : "made nobody's";
    console.log(
      `${reviews} reviews ${what}, ${questions} questions made nobody's, ${orders} orders removed.`,
    );
    return 0;
  },
};
