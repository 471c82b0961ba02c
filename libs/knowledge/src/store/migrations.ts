import type { MigrationInterface } from 'typeorm';
import { Knowledge1763700000000 } from './knowledge.migration.js';

/** For the schema `knowledge`, oldest first. Needs the extensions vector, pg_trgm and unaccent, or the right to create them. */
export const knowledgeMigrations: (new () => MigrationInterface)[] = [Knowledge1763700000000];

/** The schema that the data source of a {@link KnowledgeStore} must have. */
export const KNOWLEDGE_SCHEMA = 'knowledge';
