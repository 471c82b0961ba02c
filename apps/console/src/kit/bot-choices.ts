/** What a bot is called where several are offered: two may have the same name, and only the short name tells them apart. */
export function botChoices(bots: readonly { readonly botId: string; readonly name: string }[]): { value: string; label: string }[] {
  const times = Map.groupBy(bots, ({ name }) => name);
  return bots.map(({ botId, name }) => ({ value: botId, label: times.get(name)!.length > 1 ? `${name} (${botId})` : name }));
}
