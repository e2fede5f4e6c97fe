/**
 * The field in which an edge tells the origin the visitor's address with a write. The edge always
 * sets or removes it itself, so a visitor cannot choose it; an origin reachable without an edge in
 * front must not believe it.
 */
export const CLIENT_ADDRESS_FIELD = 'plaudit-client-address';
