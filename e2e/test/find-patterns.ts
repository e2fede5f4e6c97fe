/** The regular expressions that a source holds, and those that it puts together out of sight. */
import ts from '@typescript/typescript6';

/** One regular expression, and where it stands first: `FILE:LINE`. */
export interface Pattern {
  source: string;
  flags: string;
  at: string;
}

/** What a file holds; `hidden` are those whose text is not written where they are made. */
export interface FoundPatterns {
  patterns: Pattern[];
  hidden: string[];
}

/** Reads TypeScript or JavaScript: literals, and `RegExp` of literal strings. */
export function findPatterns(path: string, text: string): FoundPatterns {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: FoundPatterns = { patterns: [], hidden: [] };
  const visit = (node: ts.Node): void => {
    const at = () => `${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      const [source, flags] = [node.text.slice(1, end), node.text.slice(end + 1)];
      found.patterns.push({ source, flags, at: at() });
    } else if (isRegExpCall(node)) {
      const [source, flags] = node.arguments ?? [];
      if (source && ts.isStringLiteralLike(source) && (!flags || ts.isStringLiteralLike(flags)))
        found.patterns.push({ source: source.text, flags: flags?.text ?? '', at: at() });
      else found.hidden.push(`${at()} ${node.getText()}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const isRegExpCall = (node: ts.Node): node is ts.NewExpression | ts.CallExpression =>
  (ts.isNewExpression(node) || ts.isCallExpression(node)) &&
  ts.isIdentifier(node.expression) &&
  node.expression.text === 'RegExp';
