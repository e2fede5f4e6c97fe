/** A price as shops of the English-speaking world write it; whole amounts go without cents. */
export function formatPrice({ amount, currency }: Price): string {
  const format = new Intl.NumberFormat('en-IE', {
    style: 'currency',
    currency,
    trailingZeroDisplay: 'stripIfInteger',
  });
  return format.format(amount);
}

/** What a product costs. */
export interface Price {
  /** In whole units of the currency, such as euros. */
  amount: number;
  /** ISO 4217. */
  currency: string;
}
