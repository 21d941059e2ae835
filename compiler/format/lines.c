/*
 * Tokens to lines of cells. Where a clause begins is decided as when a program
 * is resolved: an atom that is a clause of an open word opens that clause.
 */
#include "format/lines.h"

#include "format/layout.h"

enum { OPEN_WORDS_MAX = 8 };

/* A word whose arguments and clauses are being read. */
struct open_word {
    const struct word *word;
    size_t given_count;
};

struct reader {
    struct arena *arena;
    const struct schema *schema;
    const struct source_map *map;
    struct tokens tokens;
    size_t at;
    struct vec lines;
    size_t depth;
    size_t newline_count; /* since the last line that was added */
};

struct statement_reader {
    struct reader *reader;
    struct open_word open[OPEN_WORDS_MAX];
    size_t open_count;
    struct line line;
};

static void read_block(struct reader *reader, enum place place);

static struct token
peek(const struct reader *reader)
{
    return reader->tokens.at[reader->at];
}

static enum token_kind
kind_behind(const struct reader *reader, size_t offset)
{
    size_t index = reader->at + offset;
    return index < reader->tokens.count ? reader->tokens.at[index].kind
                                        : TOKEN_END;
}

static struct str
take(struct reader *reader)
{
    struct token token = peek(reader);
    if (token.kind != TOKEN_END)
        reader->at++;
    return source_text(reader->map, token.span);
}

struct cell *
line_cell(const struct line *line, size_t index)
{
    return vec_at(&line->cells, index);
}

static struct cell *
last_cell(const struct line *line)
{
    return line_cell(line, line->cells.count - 1);
}

/* ---- lines ---- */

static size_t
gap_before(enum cell_key key)
{
    return key == CELL_COLUMN || key == CELL_CLAUSE ? 2 : 1;
}

void
line_print_cells(struct buf *buf, const struct line *line)
{
    for (size_t i = 0; i < line->cells.count; i++) {
        const struct cell *cell = line_cell(line, i);
        if (i > 0)
            buf_repeat(buf, ' ', gap_before(cell->key));
        buf_add(buf, cell->text);
    }
}

static struct line
line_start(struct reader *reader)
{
    struct line line = {.depth = reader->depth,
                        .has_blank_above = reader->newline_count > 1};
    vec_init(&line.cells, reader->arena, sizeof(struct cell));
    return line;
}

static void
line_add(struct reader *reader, const struct line *line)
{
    *(struct line *)vec_add(&reader->lines) = *line;
    reader->newline_count = 0;
}

static struct cell *
add_cell(struct line *line, enum cell_key key, struct str text)
{
    struct cell *cell = vec_add(&line->cells);
    cell->key = key;
    cell->text = text;
    return cell;
}

static void
add_free_line(struct reader *reader, struct str text)
{
    struct line line = line_start(reader);
    line.is_free = true;
    add_cell(&line, CELL_WORD, text);
    line_add(reader, &line);
}

/* A comment's end: carriage returns as well, or a line would lose one each
 * time. */
static struct str
trim_right(struct str text)
{
    while (text.len > 0 &&
           (text.at[text.len - 1] == ' ' || text.at[text.len - 1] == '\t' ||
            text.at[text.len - 1] == '\r'))
        text.len--;
    return text;
}

/* A comment that follows on the same line. */
static void
take_comment(struct reader *reader, struct line *line)
{
    enum token_kind kind = peek(reader).kind;
    if (kind == TOKEN_COMMENT || kind == TOKEN_DOC)
        line->comment = trim_right(take(reader));
}

/* ---- a statement's cells ---- */

static void
append(struct statement_reader *statement, struct str gap, struct str text)
{
    struct cell *cell = last_cell(&statement->line);
    cell->text = arena_format(statement->reader->arena, "{}{}{}",
                              STRS(cell->text, gap, text));
}

static size_t
required_count(const struct word *word)
{
    size_t count = 0;
    for (size_t i = 0; i < argument_rule_count(word); i++)
        count += word->arguments[i].is_optional ? 0 : 1;
    return count;
}

static bool
has_room(const struct open_word *open)
{
    size_t rules = argument_rule_count(open->word);
    return open->given_count < rules ||
           (rules > 0 && open->word->arguments[rules - 1].shape == SHAPE_REST);
}

static const struct open_word *
innermost(const struct statement_reader *statement)
{
    return &statement->open[statement->open_count - 1];
}

/* The open word that takes `text` as a clause, which is then open itself. */
static const struct word *
open_clause(struct statement_reader *statement, struct str text,
            enum place *place)
{
    if (statement->open_count == 0 ||
        innermost(statement)->given_count <
            required_count(innermost(statement)->word))
        return NULL;
    for (size_t i = statement->open_count; i-- > 0;) {
        *place = statement->open[i].word->opens;
        const struct word *word =
            *place == PLACE_NONE
                ? NULL
                : schema_find(statement->reader->schema, *place, text);
        if (word == NULL || i + 1 >= OPEN_WORDS_MAX)
            continue;
        statement->open_count = i + 1;
        statement->open[statement->open_count++] = (struct open_word){word, 0};
        return word;
    }
    return NULL;
}

static void
add_clause(struct statement_reader *statement, const struct word *clause,
           enum place place, struct str text)
{
    struct line *line = &statement->line;
    if (has_layout(LAYOUT_TIGHT, place, clause->name)) {
        append(statement, STR(" "), text);
        return;
    }
    bool is_first = line->cells.count == 1;
    struct cell *cell =
        add_cell(line, is_first ? CELL_ARGUMENT : CELL_CLAUSE, text);
    cell->clause = clause;
    cell->margin = margin_of(place, clause->name);
}

/* An argument that opens no clause goes to the innermost word with room. */
static void
add_argument(struct statement_reader *statement, struct str text)
{
    struct line *line = &statement->line;
    bool had_clauses = statement->open_count > 1;
    while (statement->open_count > 1 && !has_room(innermost(statement)))
        statement->open_count--;
    if (statement->open_count > 0)
        statement->open[statement->open_count - 1].given_count++;
    bool is_own = statement->open_count == 1;
    if (line->cells.count == 1) {
        add_cell(line, CELL_ARGUMENT, text);
    } else if (is_own && (had_clauses || line->is_table) &&
               (had_clauses ||
                innermost(statement)->given_count <=
                    argument_rule_count(innermost(statement)->word))) {
        struct cell *cell = add_cell(line, CELL_COLUMN, text);
        if (had_clauses)
            cell->margin = margin_of(innermost(statement)->word->opens, "");
    } else {
        append(statement, STR(" "), text);
    }
}

/* ---- values ---- */

static bool
is_line_end(const struct reader *reader, size_t offset)
{
    enum token_kind kind = kind_behind(reader, offset);
    if (kind != TOKEN_STRING)
        return kind == TOKEN_NEWLINE || kind == TOKEN_COMMENT ||
               kind == TOKEN_DOC || kind == TOKEN_END;
    struct span span = reader->tokens.at[reader->at + offset].span;
    return has_byte(source_text(reader->map, span), '\n');
}

/* Is the bracket that opens here closed before its line ends? */
static bool
is_on_one_line(const struct reader *reader)
{
    size_t depth = 0;
    for (size_t i = 0;; i++) {
        enum token_kind kind = kind_behind(reader, i);
        if (kind == TOKEN_BLOCK_OPEN || kind == TOKEN_LIST_OPEN)
            depth++;
        if (kind == TOKEN_BLOCK_CLOSE || kind == TOKEN_LIST_CLOSE)
            depth--;
        if (depth == 0)
            return true;
        if (is_line_end(reader, i))
            return false;
    }
}

static void add_value(struct reader *reader, struct buf *buf);

/* `[a b]`; commas are not needed. */
static void
add_list(struct reader *reader, struct buf *buf)
{
    bool is_first = true;
    buf_add(buf, take(reader));
    while (peek(reader).kind != TOKEN_LIST_CLOSE) {
        if (peek(reader).kind == TOKEN_COMMA) {
            take(reader);
            continue;
        }
        if (!is_first)
            buf_byte(buf, ' ');
        is_first = false;
        add_value(reader, buf);
    }
    buf_add(buf, take(reader));
}

/* A word, a comparison, a range, or a list on one line. */
static void
add_value(struct reader *reader, struct buf *buf)
{
    if (peek(reader).kind == TOKEN_COMPARISON) {
        buf_add(buf, take(reader));
        buf_byte(buf, ' ');
    }
    if (peek(reader).kind == TOKEN_LIST_OPEN)
        add_list(reader, buf);
    else
        buf_add(buf, take(reader));
    if (peek(reader).kind != TOKEN_RANGE)
        return;
    /* `3. ..10`: a dot before the dots would be one of them. */
    if (buf->at[buf->len - 1] == '.')
        buf_byte(buf, ' ');
    buf_add(buf, take(reader));
    buf_add(buf, take(reader));
}

static struct str
read_value(struct reader *reader)
{
    struct buf buf;
    buf_init(&buf, reader->arena);
    add_value(reader, &buf);
    return buf_str(&buf);
}

/* ---- lists over several lines ---- */

static void read_items(struct reader *reader);

static struct line
free_line_start(struct reader *reader)
{
    struct line line = line_start(reader);
    line.is_free = true;
    return line;
}

static void
add_item(struct reader *reader, struct line *line, struct str text)
{
    if (line->cells.count == 0) {
        add_cell(line, CELL_WORD, text);
        return;
    }
    struct cell *cell = last_cell(line);
    cell->text = arena_format(reader->arena, "{} {}", STRS(cell->text, text));
}

/* From `[`, which ends `line`, to `]`, which begins the next one. */
static void
read_long_list(struct reader *reader, struct line *line)
{
    take(reader);
    take_comment(reader, line);
    line->opens_block = true;
    line_add(reader, line);
    reader->depth++;
    read_items(reader);
    reader->depth--;
    *line = free_line_start(reader);
    line->closes_block = true;
    add_cell(line, CELL_WORD, take(reader));
}

static void
read_items(struct reader *reader)
{
    struct line line = free_line_start(reader);
    for (;;) {
        enum token_kind kind = peek(reader).kind;
        if (kind == TOKEN_COMMA) {
            take(reader);
        } else if (kind == TOKEN_COMMENT || kind == TOKEN_DOC) {
            if (line.cells.count > 0)
                take_comment(reader, &line);
            else
                add_item(reader, &line, trim_right(take(reader)));
        } else if (kind == TOKEN_NEWLINE || kind == TOKEN_LIST_CLOSE) {
            if (line.cells.count > 0)
                line_add(reader, &line);
            if (kind == TOKEN_LIST_CLOSE)
                return;
            take(reader);
            reader->newline_count++;
            line = free_line_start(reader);
        } else if (kind == TOKEN_LIST_OPEN && !is_on_one_line(reader)) {
            add_item(reader, &line, STR("["));
            read_long_list(reader, &line);
        } else {
            add_item(reader, &line, read_value(reader));
        }
    }
}

/* ---- statements ---- */

static bool
is_statement_end(enum token_kind kind)
{
    return kind == TOKEN_NEWLINE || kind == TOKEN_SEMICOLON ||
           kind == TOKEN_BLOCK_CLOSE || kind == TOKEN_END ||
           kind == TOKEN_COMMENT || kind == TOKEN_DOC;
}

static bool
is_plain_atom(const struct reader *reader)
{
    struct str text = source_text(reader->map, peek(reader).span);
    enum token_kind behind = kind_behind(reader, 1);
    return peek(reader).kind == TOKEN_ATOM && !has_byte(text, '$') &&
           behind != TOKEN_RANGE && behind != TOKEN_ARROW;
}

static void
read_argument(struct statement_reader *statement)
{
    struct reader *reader = statement->reader;
    struct line *line = &statement->line;
    if (peek(reader).kind == TOKEN_LIST_OPEN && !is_on_one_line(reader)) {
        add_argument(statement, STR("["));
        read_long_list(reader, line);
        return;
    }
    enum place place = PLACE_NONE;
    const struct word *clause =
        is_plain_atom(reader)
            ? open_clause(statement,
                          source_text(reader->map, peek(reader).span), &place)
            : NULL;
    struct str text = read_value(reader);
    line->is_free = line->is_free || has_byte(text, '\n');
    if (clause != NULL)
        add_clause(statement, clause, place, text);
    else
        add_argument(statement, text);
    if (peek(reader).kind != TOKEN_ARROW)
        return;
    struct str sign = take(reader);
    add_cell(
        line, CELL_ARROW,
        arena_format(reader->arena, "{} {}", STRS(sign, read_value(reader))));
}

static void
read_word(struct statement_reader *statement, enum place place)
{
    struct reader *reader = statement->reader;
    enum token_kind kind = peek(reader).kind;
    struct str name = read_value(reader);
    const struct word *word =
        kind == TOKEN_ATOM ? schema_find(reader->schema, place, name) : NULL;
    bool is_free_key = word == NULL;
    if (is_free_key)
        word = schema_free_key(reader->schema, place);
    add_cell(&statement->line, CELL_WORD, name);
    if (word == NULL)
        return;
    statement->line.word = word;
    statement->line.is_named = has_layout(LAYOUT_ROW, place, word->name);
    statement->line.is_table = statement->line.is_named ||
                               has_layout(LAYOUT_COLUMNS, place, word->name);
    statement->open[0] = (struct open_word){word, is_free_key ? 1 : 0};
    statement->open_count = 1;
}

static struct str read_short_block(struct reader *reader, enum place place);

/* Up to what ends it, or to the `{` of a block over several lines. */
static void
read_cells(struct statement_reader *statement, enum place place)
{
    struct reader *reader = statement->reader;
    read_word(statement, place);
    while (!is_statement_end(peek(reader).kind)) {
        if (peek(reader).kind != TOKEN_BLOCK_OPEN) {
            read_argument(statement);
            continue;
        }
        if (!is_on_one_line(reader))
            return;
        const struct word *word = statement->line.word;
        add_cell(
            &statement->line, CELL_BLOCK,
            read_short_block(reader, word == NULL ? PLACE_NONE : word->opens));
    }
}

/* `{ a; b }` */
static struct str
read_short_block(struct reader *reader, enum place place)
{
    struct buf buf;
    buf_init(&buf, reader->arena);
    buf_add(&buf, take(reader));
    while (peek(reader).kind != TOKEN_BLOCK_CLOSE) {
        if (peek(reader).kind == TOKEN_SEMICOLON) {
            take(reader);
            continue;
        }
        struct statement_reader inner = {.reader = reader,
                                         .line = line_start(reader)};
        read_cells(&inner, place);
        buf_add(&buf, buf.len > 1 ? STR("; ") : STR(" "));
        line_print_cells(&buf, &inner.line);
    }
    buf_byte(&buf, ' ');
    buf_add(&buf, take(reader));
    return buf_str(&buf);
}

static void
read_statement(struct reader *reader, enum place place)
{
    struct statement_reader statement = {.reader = reader,
                                         .line = line_start(reader)};
    struct line *line = &statement.line;
    read_cells(&statement, place);
    if (peek(reader).kind != TOKEN_BLOCK_OPEN) {
        take_comment(reader, line);
        line_add(reader, line);
        return;
    }
    append(&statement, STR(" "), take(reader));
    take_comment(reader, line);
    line->opens_block = true;
    const struct word *word = line->word;
    line_add(reader, line);
    reader->depth++;
    read_block(reader, word == NULL ? PLACE_NONE : word->opens);
    reader->depth--;
    struct line close = free_line_start(reader);
    close.closes_block = true;
    add_cell(&close, CELL_WORD, take(reader));
    take_comment(reader, &close);
    line_add(reader, &close);
}

static void
read_block(struct reader *reader, enum place place)
{
    for (;;) {
        enum token_kind kind = peek(reader).kind;
        if (kind == TOKEN_BLOCK_CLOSE || kind == TOKEN_END)
            return;
        if (kind == TOKEN_NEWLINE)
            reader->newline_count++;
        if (kind == TOKEN_NEWLINE || kind == TOKEN_SEMICOLON)
            take(reader);
        else if (kind == TOKEN_COMMENT || kind == TOKEN_DOC)
            add_free_line(reader, trim_right(take(reader)));
        else
            read_statement(reader, place);
    }
}

struct vec
read_lines(struct arena *arena, const struct schema *schema,
           const struct source_map *map, struct tokens tokens)
{
    struct reader reader = {
        .arena = arena, .schema = schema, .map = map, .tokens = tokens};
    vec_init(&reader.lines, arena, sizeof(struct line));
    read_block(&reader, PLACE_FILE);
    return reader.lines;
}
