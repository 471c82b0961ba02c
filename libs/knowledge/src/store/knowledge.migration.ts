import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the bots know: sources, their editions, chunks, and the two indexes over them.
 *
 * Everything hangs on its source without a foreign key: taking a source away is one small statement that every search sees at once,
 * and what hung on it is cleared afterwards.
 */
export class Knowledge1763700000000 implements MigrationInterface {
  readonly name = 'Knowledge1763700000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const extension of ['vector', 'pg_trgm', 'unaccent'])
      await runner.query(`CREATE EXTENSION IF NOT EXISTS ${extension} SCHEMA public`);
    await runner.query(`
      CREATE TABLE scopes (
        no integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        workspace_id text NOT NULL,
        bot_id text NOT NULL,
        UNIQUE (workspace_id, bot_id)
      )`);
    await runner.query(`
      CREATE TABLE models (
        no integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        id text NOT NULL UNIQUE,
        dimensions integer NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE sources (
        no integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        scope integer NOT NULL REFERENCES scopes (no),
        id uuid NOT NULL,
        version integer NOT NULL DEFAULT 0,
        enabled boolean NOT NULL DEFAULT true,
        title text NOT NULL,
        url text,
        UNIQUE (scope, id)
      )`);
    // What one taking-in added. It is written in small steps while searches go on, and seen from one moment on.
    await runner.query(`
      CREATE TABLE editions (
        no integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        scope integer NOT NULL REFERENCES scopes (no),
        source integer NOT NULL,
        live boolean NOT NULL DEFAULT false,
        begun_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query('CREATE INDEX editions_by_scope ON editions (scope, source)');
    // How many chunks of each text search configuration, and how long together: what BM25 must know of the whole.
    await runner.query(`
      CREATE TABLE edition_lengths (
        edition integer NOT NULL,
        config text NOT NULL,
        chunks integer NOT NULL,
        length bigint NOT NULL,
        PRIMARY KEY (edition, config)
      )`);
    await runner.query(`
      CREATE TABLE chunks (
        no integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
        edition integer NOT NULL,
        live boolean NOT NULL DEFAULT true,
        position integer NOT NULL,
        content_hash text NOT NULL,
        config text NOT NULL,
        length integer NOT NULL,
        language text,
        title_path text[] NOT NULL,
        question text,
        text text NOT NULL,
        url text,
        UNIQUE (edition, content_hash)
      )`);
    await runner.query(`
      CREATE TABLE lexemes (
        no integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        scope integer NOT NULL REFERENCES scopes (no),
        config text NOT NULL,
        lexeme text COLLATE "C" NOT NULL,
        UNIQUE (scope, config, lexeme)
      )`);
    // A misspelt word is looked for by its beginning and by its end.
    await runner.query('CREATE INDEX lexemes_by_end ON lexemes (scope, config, reverse(lexeme) COLLATE "C")');
    // How often a lexeme stands in each field of a chunk; the chunk's length stands here again because every row read needs it.
    await runner.query(`
      CREATE TABLE postings (
        lexeme integer NOT NULL,
        chunk integer NOT NULL,
        edition integer NOT NULL,
        length integer NOT NULL,
        body smallint NOT NULL,
        heading smallint NOT NULL,
        question smallint NOT NULL,
        PRIMARY KEY (lexeme, chunk)
      )`);
    await runner.query('CREATE INDEX postings_by_chunk ON postings (chunk)');
    await runner.query(`
      CREATE TABLE vectors (
        chunk integer NOT NULL,
        model integer NOT NULL REFERENCES models (no),
        edition integer NOT NULL,
        embedding vector NOT NULL,
        PRIMARY KEY (chunk, model)
      )`);
    // Read by the thousand for every question: out of line each would be a look-up of its own.
    await runner.query('ALTER TABLE vectors ALTER COLUMN embedding SET STORAGE PLAIN');
    await runner.query('CREATE INDEX vectors_by_edition ON vectors (edition, model)');
    await runner.query(`
      CREATE TABLE parameters (
        scope integer NOT NULL REFERENCES scopes (no),
        model text NOT NULL,
        fitted jsonb NOT NULL,
        fitted_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (scope, model)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE parameters, vectors, postings, lexemes, chunks, edition_lengths, editions, sources, models, scopes');
  }
}
