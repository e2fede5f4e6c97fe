/**
 * Components as HTML, for servers: what the browser's first render makes of them, without a browser.
 * Knows what the widgets use of Preact and no more: no hooks, contexts or styles. Everything that is put
 * in is escaped; handlers and properties that HTML cannot say are left out.
 */

import type { ComponentChildren, VNode } from 'preact';

/** Elements that hold nothing and have no end tag. */
const VOID = new Set(['img', 'input', 'br']);
/** Properties whose attribute goes by another name. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  dateTime: 'datetime',
  tabIndex: 'tabindex',
};
/** What the browser does with a node, or sets when it takes the element over. */
const UNSAID = /^(on[A-Z].*|children|key|ref|value)$/;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '"': '&quot;' };

/** What an attribute is made of. */
type Value = string | number | boolean | null | undefined;
type Properties = Readonly<Record<string, unknown>>;

/** Renders what a component may return. */
export function toHtml(child: ComponentChildren): string {
  if (child === null || child === undefined || typeof child === 'boolean') return '';
  if (Array.isArray(child)) return child.map(toHtml).join('');
  if (typeof child !== 'object') return escape(String(child));
  const { type, props } = child as VNode<object>;
  return typeof type === 'string' ? elementHtml(type, props) : toHtml(run(type, props));
}

function run(type: unknown, props: Properties): ComponentChildren {
  if (!isClass(type)) return (type as (props: Properties) => ComponentChildren)(props);
  const component = new type(props);
  // As Preact does: a component that sets no state has an empty one.
  return component.render(component.props, component.state ?? {});
}

interface Running {
  props: unknown;
  state: unknown;
  render: (props: unknown, state: unknown) => ComponentChildren;
}

const isClass = (type: unknown): type is new (props: Properties) => Running =>
  'render' in ((type as { prototype?: object }).prototype ?? {});

function elementHtml(tag: string, props: Properties): string {
  const attributes = Object.entries(props).map(([name, value]) =>
    attributeHtml(name, value as Value),
  );
  const start = `<${tag}${attributes.join('')}>`;
  return VOID.has(tag)
    ? start
    : `${start}${toHtml(props['children'] as ComponentChildren)}</${tag}>`;
}

function attributeHtml(name: string, value: Value): string {
  if (UNSAID.test(name) || value === null || value === undefined) return '';
  // ARIA's attributes say `false`; all others are absent then.
  if (value === false && !name.startsWith('aria-')) return '';
  const text = value === true && !name.startsWith('aria-') ? '' : String(value);
  return ` ${ATTRIBUTES[name] ?? name}="${escape(text)}"`;
}

/** HTML cannot say NUL, and half of a surrogate pair is not text. */
const escape = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll('\0', '\uFFFD')
    .replace(/[&<"]/g, (character) => ENTITIES[character] ?? '');
