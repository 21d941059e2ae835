/*
 * Tokens, and the syntax tree.
 */
#include "dump.h"

void
dump_tokens(struct dump *dump, struct tokens tokens)
{
    for (size_t i = 0; i < tokens.count; i++) {
        dump_begin(dump, token_name(tokens.at[i].kind));
        dump_place(dump, tokens.at[i].span);
        dump_text(dump, source_text(dump->map, tokens.at[i].span));
        dump_end(dump);
    }
}

static const char *
argument_name(enum argument_kind kind)
{
    switch (kind) {
    case ARGUMENT_ATOM:
        return "atom";
    case ARGUMENT_TEXT:
        return "text";
    case ARGUMENT_HOLE:
        return "hole";
    case ARGUMENT_LIST:
        return "list";
    case ARGUMENT_RANGE:
        return "range";
    case ARGUMENT_COMPARISON:
        return "comparison";
    case ARGUMENT_ARROW:
        return "arrow";
    case ARGUMENT_POISON:
        break;
    }
    return "poison";
}

static void
dump_pieces(struct dump *dump, const struct argument *argument)
{
    for (size_t i = 0; i < argument->piece_count; i++) {
        const struct piece *piece = &argument->pieces[i];
        dump_name(dump, piece->is_path ? "path" : "piece", piece->text,
                  piece->span);
    }
}

static void
dump_argument(struct dump *dump, const struct argument *argument)
{
    dump_name(dump, argument_name(argument->kind), argument->text,
              argument->span);
    dump->depth++;
    dump_pieces(dump, argument);
    for (size_t i = 0; i < argument->item_count; i++)
        dump_argument(dump, &argument->items[i]);
    dump->depth--;
}

static void
dump_statement(struct dump *dump, const struct statement *statement)
{
    dump_begin(dump, "statement");
    dump_place(dump, statement->span);
    dump_end(dump);
    dump->depth++;
    if (!is_str_empty(statement->doc)) {
        dump_begin(dump, "doc");
        dump_text(dump, statement->doc);
        dump_end(dump);
    }
    dump_argument(dump, &statement->word);
    for (size_t i = 0; i < statement->argument_count; i++)
        dump_argument(dump, &statement->arguments[i]);
    if (statement->block != NULL)
        dump_block(dump, statement->block);
    dump->depth--;
}

void
dump_block(struct dump *dump, const struct block *block)
{
    dump_begin(dump, "block");
    dump_place(dump, block->open);
    dump_end(dump);
    dump->depth++;
    for (size_t i = 0; i < block->statement_count; i++)
        dump_statement(dump, &block->statements[i]);
    dump->depth--;
}
