/** Reviews of the kind that nobody wants. */

import type { Review } from '@plaudit/sdk';
import { reviewAt } from './reviews.ts';

/** What strangers may write to run a script, to break a page or to look like somebody else. */
export const HOSTILE_TEXTS = [
  '<script>executed("script")</script>',
  '<img src=x onerror=executed("img")>',
  '"><svg onload=executed("svg")>',
  '</style></template></slot><iframe srcdoc="<script>parent.executed(1)</script>">',
  'javascript:executed("url")',
  '{{constructor.constructor("executed(1)")()}}',
  '\u202Egnihtemos desrever\u202C and on',
  '\u2066\u2067\u2068 isolates that never end',
  'Z\u0351\u036B\u0343\u036A\u0302a\u0329\u0348\u0356l\u0348\u0332g\u0353\u0318o\u0333\u0349'.repeat(
    40,
  ),
  'W'.repeat(10_000),
  '👩‍👩‍👧‍👦'.repeat(500),
  '\u0000\uFFFE\uD800 half',
  '\n'.repeat(300),
];

/** A review with such a text wherever a text can stand, and with addresses that are scripts. */
export const hostileReview = (text: string, index: number): Review => ({
  ...reviewAt('42', index),
  author: text,
  title: text,
  body: text,
  locale: text,
  reply: { body: text },
  answers: [{ question: 'use', label: text, value: [text, text] }],
  media: [
    { kind: 'photo', url: `javascript:executed("${index}")` },
    { kind: 'photo', url: `data:text/html,${encodeURIComponent(text.toWellFormed())}` },
  ],
});
