/** The loader's own address, `EDGE/{appKey}/plaudit.js`, says where to read and for which shop. */
export function readAddress(loaderUrl: string): { edge: string; appKey: string } {
  const [edge = '', appKey = ''] = loaderUrl.split(/\/([^/]*)\/plaudit\.js/);
  return { edge, appKey: decodeURIComponent(appKey) };
}
