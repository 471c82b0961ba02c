/** People who gave no name get one that can be told apart. */
export function displayName({ nickname, session_id: id }) {
  return nickname === 'anonymous' ? `Visitor ${id.slice(8, 12)}` : nickname;
}

export const STATES = { pending: 'New', unresolved: 'Open', resolved: 'Resolved' };
