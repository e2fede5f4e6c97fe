/** Whoever writes, asks or answers. What is not known is empty in its type, as clients read on without looking. */
export const toPerson = (number: number, name: string) => ({
  id: number,
  display_name: name,
  slug: '',
  social_image: '',
  is_social_connected: false,
  bio: '',
  score: 0,
  badges: [],
});
