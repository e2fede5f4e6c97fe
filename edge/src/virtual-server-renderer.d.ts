/** What the SDK renders on servers; `rollup.config.ts` says where it stands. */
declare module 'virtual:server-renderer' {
  type Renderer = import('./routes/context.ts').Renderer;
  export const toStructuredData: Renderer['toStructuredData'];
  export const renderReviewsElement: Renderer['renderReviewsElement'];
  export const reviewsStyles: Renderer['reviewsStyles'];
}
