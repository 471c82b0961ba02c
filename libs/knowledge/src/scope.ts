/** Whose knowledge: nothing of one scope is ever seen in another. */
export interface KnowledgeScope {
  readonly workspaceId: string;
  readonly botId: string;
}
