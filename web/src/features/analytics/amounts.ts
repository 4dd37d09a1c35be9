const money = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  maximumFractionDigits: 0,
});
const shortMoney = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  notation: 'compact',
  maximumFractionDigits: 1,
});

/** @param share 0 to 1; a dash when there is nothing to share */
export function percent(share: number | null, digits = 0): string {
  return share === null ? '–' : `${(share * 100).toFixed(digits)} %`;
}

/** US dollars. */
export function dollars(amount: number | null): string {
  if (amount === null) return '–';
  return Math.abs(amount) >= 100_000 ? shortMoney.format(amount) : money.format(amount);
}

/** `12 min`, `3.5 h`, `2.1 d`. */
export function span(minutes: number | null): string {
  if (minutes === null) return '–';
  if (minutes < 90) return `${Math.round(minutes)} min`;
  const hours = minutes / 60;
  return hours < 48 ? `${trimmed(hours)} h` : `${trimmed(hours / 24)} d`;
}

const trimmed = (amount: number): string => amount.toFixed(1).replace(/\.0$/, '');
