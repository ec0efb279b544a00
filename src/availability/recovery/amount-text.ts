/**
 * An amount for people: "1,000,000", and "16.67" below a hundred. Not `toLocaleString`: loading the languages
 * of the world takes longer than all the rest of a `nines dr`.
 */
export function amountText(amount: number): string {
  const [whole = '', fraction] = String(Number(amount.toFixed(amount < 100 ? 2 : 0))).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
