/** The chunk with page numbers, for lists that do not just go on. */

export { Pages as Shown } from './pages.tsx';
