// How far each table was scrolled, in rows, while the app runs: going back to a page of people finds it as it was left.
const places = new Map<string, number>();
const most = 200;

export function rememberScroll(place: string, rows: number): void {
  places.delete(place);
  places.set(place, rows);
  if (places.size > most) {
    const oldest = places.keys().next().value;
    if (oldest !== undefined) places.delete(oldest);
  }
}

export function scrollFor(place: string): number {
  return places.get(place) ?? 0;
}
