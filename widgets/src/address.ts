/** The loader's own address, `EDGE/{appKey}/plaudit.js`, says where to read and for which shop. */
export function readAddress(loaderUrl: string): { edge: string; appKey: string } {
  const [, edge = '', appKey = ''] = /^(.*?)\/([^/]*)\/plaudit\.js/.exec(loaderUrl) ?? [];
  return { edge, appKey: decodeURIComponent(appKey) };
}
