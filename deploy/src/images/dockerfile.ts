/** One instruction of a Dockerfile, its continued lines joined. */
export interface Instruction {
  /** In capitals. */
  readonly name: string;
  readonly rest: string;
  /** As it stands before the first FROM: the empty string. */
  readonly stage: string;
}

/** The instructions of a Dockerfile in order; comments and empty lines are left out. Heredocs are not understood: ours has none. */
export function instructionsOf(text: string): Instruction[] {
  const joined = text
    .split('\n')
    .filter((line) => !/^\s*(#|$)/.test(line))
    .join('\n')
    .replace(/\\\n\s*/g, '');
  let stage = '';
  return joined.split('\n').map((line) => {
    const { name, rest } = /^\s*(?<name>[A-Za-z]+)\s+(?<rest>.*)$/.exec(line)!.groups as { name: string; rest: string };
    if (name.toUpperCase() === 'FROM') stage = / AS (?<as>\S+)$/i.exec(rest)?.groups?.['as'] ?? rest;
    return { name: name.toUpperCase(), rest: rest.trim(), stage };
  });
}

/** The stages that a stage stands on, itself last, up to an image from outside. */
export function stagesUnder(instructions: readonly Instruction[], stage: string): string[] {
  const from = instructions.find((instruction) => instruction.name === 'FROM' && instruction.stage === stage);
  if (!from) return [];
  const base = from.rest.replace(/^--platform=\S+\s+/, '').split(/\s/)[0]!;
  return [...stagesUnder(instructions, base), stage];
}

/** What `ENV` gives to containers of a stage. Values have no spaces here. */
export function environmentOf(instructions: readonly Instruction[], stage: string): Record<string, string> {
  const stages = stagesUnder(instructions, stage);
  const env: Record<string, string> = {};
  for (const { name, rest, stage: at } of instructions) {
    if (name !== 'ENV' || !stages.includes(at)) continue;
    for (const [, key, value] of rest.matchAll(/(\w+)=(\S+)/g)) env[key!] = value!;
  }
  return env;
}

/** The last instruction of that name that holds for a stage, or undefined. */
export function lastOf(instructions: readonly Instruction[], stage: string, name: string): string | undefined {
  const stages = stagesUnder(instructions, stage);
  return instructions.filter((one) => one.name === name && stages.includes(one.stage)).at(-1)?.rest;
}
