/** Customers in Core v3. */
import { z } from 'zod';
import type { Customer } from '../../../domain/customers/customer.ts';
import { listCustomers } from '../../../domain/customers/list.ts';
import { saveCustomer } from '../../../domain/customers/save.ts';
import type { CustomerChange } from '../../../domain/customers/write.ts';
import type { AddCall, Call } from './call.ts';
import { externalId, maybe, text } from './fields.ts';
import { readCorePage, toPagination } from './page.ts';
import { RefusedCall } from './refused-call.ts';

/** Longer ones cannot be delivered to (RFC 5321 §4.5.3.1). */
const EMAIL_MAX = 254;

/** A customer as clients send one; what else they send of a person is not kept. */
export const customerFields = z.object({
  external_id: maybe(externalId),
  email: maybe(text(EMAIL_MAX)),
  first_name: maybe(text(200)),
  last_name: maybe(text(200)),
  accepts_email_marketing: maybe(z.boolean()),
});
const told = z.object({ customer: customerFields });

/** Adds the calls: one to make and to change, and a list. */
export function addCustomerCalls(add: AddCall): void {
  const save = async ({ store, body }: Call) => {
    const change = fromCustomer((await body(told)).customer);
    if (!change) throw new RefusedCall(400, ['customer: needs an external_id or an email']);
    const { externalId } = await saveCustomer(store.domain, store.appKey, change);
    return { body: { customer: { external_id: externalId } } };
  };
  add('POST', '/customers', 'orders:write', save);
  add('PATCH', '/customers', 'orders:write', save);

  add('GET', '/customers', 'persons:read', async ({ store, search }) => {
    const page = readCorePage(search);
    const found = await listCustomers(store.domain, store.shopId, page);
    const customers = found.rows.map((customer) => ({
      ...toCustomer(customer),
      created_at: customer.createdAt,
      updated_at: customer.updatedAt,
    }));
    return { body: { customers, pagination: toPagination(found, page) } };
  });
}

/** In our words; undefined where there is nothing to know the customer by. */
export function fromCustomer(fields: z.infer<typeof customerFields>): CustomerChange | undefined {
  // Some send an empty text for none.
  const [id, email] = [fields.external_id || undefined, fields.email?.trim() || undefined];
  if (id === undefined && email === undefined) return undefined;
  return {
    externalId: id,
    email,
    firstName: fields.first_name,
    lastName: fields.last_name,
    acceptsMarketing: fields.accepts_email_marketing,
  };
}

/** As it goes out. */
export const toCustomer = ({
  externalId,
  email,
  firstName,
  lastName,
  acceptsMarketing,
}: Pick<Customer, 'externalId' | 'email' | 'firstName' | 'lastName' | 'acceptsMarketing'>) => ({
  external_id: externalId,
  email,
  first_name: firstName,
  last_name: lastName,
  phone_number: null,
  accepts_email_marketing: acceptsMarketing,
  accepts_sms_marketing: null,
});
