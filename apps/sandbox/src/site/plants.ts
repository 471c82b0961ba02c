/** Brings what a file below the shop's `plants/` holds: a drawing. */
export type Drawing = (id: string) => string;

const PLANTS = [
  { id: 'fern', name: 'Boston fern', words: 'Likes company and a damp corner', euros: 24, background: 'moss' },
  { id: 'monstera', name: 'Monstera', words: 'Grows towards the window, slowly', euros: 38, background: 'sandbg' },
  { id: 'cactus', name: 'Old man cactus', words: 'Forgives every holiday', euros: 19, background: 'blush' },
  { id: 'olive', name: 'Olive, three years', words: 'A sunny balcony is enough', euros: 54, background: 'skybg' },
  { id: 'snake', name: 'Snake plant', words: 'Needs you twice a month', euros: 29, background: 'sandbg' },
  { id: 'pearls', name: 'String of pearls', words: 'Hangs from a shelf, trails', euros: 22, background: 'moss' },
] as const;

/** Puts the drawings in for `{{plant:id}}`, and the cards of all plants for `{{cards}}`. */
export function withPlants(html: string, drawing: Drawing): string {
  const cards = () => PLANTS.map((plant) => cardOf(plant, drawing)).join('\n');
  return html.replace('{{cards}}', cards).replace(/\{\{plant:([a-z]+)\}\}/g, (_, id: string) => drawing(id));
}

function cardOf({ id, name, words, euros, background }: (typeof PLANTS)[number], drawing: Drawing): string {
  return `<li class="card">
  <div class="picture ${background}"><svg viewBox="0 0 200 230" role="img" aria-label="${name}">${drawing(id)}</svg></div>
  <h3>${name}</h3>
  <p>${words}</p>
  <div class="buy"><span>€ ${euros}</span><button type="button">Add to basket</button></div>
</li>`;
}
