import { CHUNK_SIZES } from './size.js';
import type { Unit, UnitBlock } from './units.js';

/** Puts the blocks of a section into as few pieces as are needed, and cuts between blocks where that is possible. */
export function pack(blocks: readonly UnitBlock[]): string[] {
  const pieces: string[] = [];
  let piece = new Piece();
  let remaining = blocks.reduce((sum, { size }) => sum + size + 2, 0);
  const close = (): void => {
    if (!piece.isEmpty) pieces.push(piece.text);
    piece = new Piece();
  };
  for (const block of blocks) {
    // What is left fits: a small rest is not left alone.
    const fits = piece.size + remaining <= CHUNK_SIZES.most;
    const fitsWell = piece.size + 2 + block.size <= CHUNK_SIZES.target;
    if (!fits && !fitsWell && piece.size >= CHUNK_SIZES.least) close();
    let rest = remaining;
    piece.begin(block);
    for (const unit of block.units) {
      const most = piece.size + rest <= CHUNK_SIZES.most || block.size <= CHUNK_SIZES.most ? CHUNK_SIZES.most : CHUNK_SIZES.target;
      if (!piece.hasRoomFor(unit, most)) {
        piece.end();
        close();
        piece.begin(block);
      }
      piece.add(unit);
      rest -= unit.size + unit.join.length;
    }
    piece.end();
    remaining -= block.size + 2;
  }
  close();
  return pieces;
}

/** A piece that grows; a head is written only when something stands under it. */
class Piece {
  text = '';
  size = 0;
  private block: UnitBlock | undefined;
  private isInside = false;

  get isEmpty(): boolean {
    return this.text === '';
  }

  begin(block: UnitBlock): void {
    this.block = block;
    this.isInside = false;
  }

  hasRoomFor(unit: Unit, most: number): boolean {
    if (this.isEmpty) return true;
    const { headSize, tailSize } = this.block!;
    return this.size + unit.size + (this.isInside ? unit.join.length : headSize + 3) + tailSize + 1 <= most;
  }

  add(unit: Unit): void {
    const { head, headSize } = this.block!;
    if (this.isInside) this.append(unit.join, unit.text, unit.size);
    else {
      const gap = this.isEmpty ? '' : '\n\n';
      if (head === '') this.append(gap, unit.text, unit.size);
      else this.append(gap, `${head}\n${unit.text}`, headSize + 1 + unit.size);
    }
    this.isInside = true;
  }

  end(): void {
    if (this.isInside && this.block!.tail !== '') this.append('\n', this.block!.tail, this.block!.tailSize);
    this.isInside = false;
  }

  private append(gap: string, text: string, size: number): void {
    this.text += gap + text;
    this.size += gap.length + size;
  }
}
