/** What the SDK renders on servers; `rollup.config.ts` says where it stands. */
declare module 'virtual:server-renderer' {
  export const toStructuredData: import('./routes/context.ts').ToStructuredData;
}
