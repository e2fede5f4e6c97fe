/** Counts results the way the suite's own pages do: raw, and with dependencies honoured. */

/**
 * @typedef {import('./suite.mjs').Test} Test
 * @typedef {import('./suite.mjs').Results} Results
 * @typedef {{ raw: number, honoured: number, total: number }} Count
 */

/**
 * Whether a test passed and, all the way down, every test that it builds on.
 * @param {Map<string, Test>} tests
 * @param {Results} results
 * @param {string} id
 * @returns {boolean}
 */
export function isHonoured(tests, results, id) {
  const dependencies = tests.get(id)?.depends_on ?? [];
  return results[id] === true && dependencies.every((each) => isHonoured(tests, results, each));
}

/**
 * @param {Map<string, Test>} tests
 * @param {Results} results
 * @param {NonNullable<Test['kind']>} kind
 * @returns {Count}
 */
export function count(tests, results, kind) {
  const ids = [...tests.values()].filter((test) => kindOf(test) === kind).map(({ id }) => id);
  return {
    raw: ids.filter((id) => results[id] === true).length,
    honoured: ids.filter((id) => isHonoured(tests, results, id)).length,
    total: ids.length,
  };
}

/** @param {Test} test */
export const kindOf = (test) => test.kind ?? 'required';
