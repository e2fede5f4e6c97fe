/** Who a request of an app is from, and what it may do. */

/** What a token can permit. */
export const SCOPES = [
  'reviews:read',
  'reviews:write',
  'questions:read',
  'questions:write',
  'products:read',
  'products:write',
  'orders:read',
  'orders:write',
  'settings:read',
  'settings:write',
  'imports:read',
  'imports:write',
  'webhooks:read',
  'webhooks:write',
  'persons:read',
  'persons:write',
  'audit:read',
] as const;

export type Scope = (typeof SCOPES)[number];

/** What a token gives access to: one shop, in the name of one app. */
export interface Access {
  /** The shop's number in the database. */
  readonly shopId: number;
  readonly appId: string;
  readonly scopes: readonly Scope[];
}

/** Whether names and addresses of persons may be told: the one place that decides it. */
export const mayKnowPersons = ({ scopes }: Pick<Access, 'scopes'>): boolean =>
  scopes.includes('persons:read');

/** Finds out what an `Authorization` field gives access to; undefined where it gives none. */
export type Authenticate = (authorization: string | undefined) => Promise<Access | undefined>;
