/** The built loader as text; `rollup.config.ts` fills it in. */
declare module 'virtual:loader' {
  const loaderScript: string;
  export default loaderScript;
}
