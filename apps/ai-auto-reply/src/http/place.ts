/** Where a page of a list ends: the time and the id of its last entry. */
export interface Place {
  readonly at: Date;
  readonly id: string;
}

const PLACE = /^(\d{1,15})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** As callers give it back. */
export const placeText = ({ at, id }: Place): string => `${at.getTime()}_${id}`;

/** @throws RangeError when it is none of ours */
export function readPlace(text: string): Place {
  const [, at, id] = PLACE.exec(text) ?? [];
  if (at === undefined || id === undefined) throw new RangeError('not a place in this list');
  return { at: new Date(Number(at)), id };
}
