/** Whether the lists that a review can bring along are such lists as the real server takes. */

const QUESTIONS_MAX = 20;
const UPLOADS_MAX = 10;
const VIDEOS_MAX = 3;

const isText = (value: unknown, maxLength: number): boolean =>
  typeof value === 'string' &&
  Array.from(value.trim()).length <= maxLength &&
  value.trim() !== '' &&
  !value.includes('\0') &&
  value.isWellFormed();

const differ = (values: readonly unknown[]): boolean => new Set(values).size === values.length;

function isAnswer(value: unknown): value is { question: string } {
  const answer = new Map(Object.entries(Object(value) as object));
  const question: unknown = answer.get('question');
  return (
    typeof question === 'string' &&
    /^[\w-]{1,40}$/.test(question) &&
    isAnswerValue(answer.get('value'))
  );
}

function isAnswerValue(value: unknown): boolean {
  if (Array.isArray(value)) {
    return value.length <= 30 && value.every((option) => isText(option, 100)) && differ(value);
  }
  return isText(value, 1000) || [1, 2, 3, 4, 5].some((place) => place === value);
}

/** Answers to the shop's own questions, each at most once. */
export const isListOfAnswers = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length <= QUESTIONS_MAX &&
  value.every(isAnswer) &&
  differ(value.map(({ question }) => question));

/** Ids of uploads, each at most once. */
export const isListOfUploads = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length <= UPLOADS_MAX &&
  value.every((id) => typeof id === 'string' && /^[\w-]{8,64}$/.test(id)) &&
  differ(value);

/** Addresses of videos on the web, each at most once. */
export const isListOfVideos = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length <= VIDEOS_MAX &&
  value.every((url) => typeof url === 'string' && url.length <= 2000 && isOnTheWeb(url)) &&
  differ(value);

function isOnTheWeb(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' && /^([a-z\d]([a-z\d-]*[a-z\d])?\.)+[a-z]{2,}$/.test(hostname);
}
