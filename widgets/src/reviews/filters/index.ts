/** The chunk with what narrows the list: comes with the first click on the filters, or with the first bar. */

export { default as css } from './filters.css';
export { Panel } from './panel.tsx';
export { Pills as Shown } from './pills.tsx';
