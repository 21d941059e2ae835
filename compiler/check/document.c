/*
 * O11: the tables of a document against the program. Which environment,
 * service and fact a cell speaks of is what its column, its row and the heading
 * say; a cell of which that is not clear is counted, and nothing more.
 */
#include "check/document.h"

/* What a cell speaks of. */
struct topic {
    const struct environment *environment;
    const struct service *service;
    const struct fact *fact;
    const struct config_key *key;
};

struct reading {
    struct check *check;
    const struct table *table;
    const struct table_row *row;
    struct topic said_above; /* by the heading */
    struct topic said_beside;
    struct table_counts *counts;
};

static void judge_table(struct reading *reading);
static void judge_row(struct reading *reading);
static void judge_cell(struct reading *reading, size_t column);

struct table_counts
check_document(struct check *check, const struct tables *tables)
{
    struct table_counts counts = {0};
    for (size_t i = 0; i < tables->count; i++) {
        struct reading reading = {
            .check = check, .table = &tables->at[i], .counts = &counts};
        judge_table(&reading);
    }
    return counts;
}

/* ---- names --------------------------------------------------------------- */

static struct str
first_line(const struct table_row *row, size_t column)
{
    return column < row->cell_count ? row->cells[column].lines[0].text
                                    : STR("");
}

static const struct environment *
find_environment(const struct ir *ir, struct str name)
{
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        if (is_str_equal_nocase(environment->name, name) ||
            (is_value_known(environment->short_name) &&
             is_str_equal_nocase(environment->short_name->text, name)))
            return environment;
    }
    return NULL;
}

static const struct service *
find_service(const struct ir *ir, struct str name)
{
    for (size_t i = 0; i < ir->service_count; i++) {
        if (is_str_equal_nocase(ir->services[i]->name, name))
            return ir->services[i];
    }
    return NULL;
}

static const struct config_key *
find_key(const struct ir *ir, struct str name)
{
    for (size_t i = 0; i < ir->config_key_count; i++) {
        if (is_str_equal(ir->config_keys[i].name, name))
            return &ir->config_keys[i];
    }
    return NULL;
}

/* The one environment that a heading names; NULL when it names two. */
static const struct environment *
heading_environment(const struct ir *ir, struct str heading)
{
    const struct environment *found = NULL;
    while (!is_str_empty(heading)) {
        const struct environment *named =
            find_environment(ir, str_cut(&heading, ' '));
        if (named != NULL && found != NULL && named != found)
            return NULL;
        found = named == NULL ? found : named;
    }
    return found;
}

/* A column that says what a row is about, by its title; the first one does
 * whatever it is called. */
static bool
is_key_column(const struct table *table, size_t column)
{
    static const struct str titles[] = {
        STR_INIT("environment"), STR_INIT("env"), STR_INIT("stage"),
        STR_INIT("service"),     STR_INIT("app"), STR_INIT("component"),
        STR_INIT("workload"),
    };
    struct str title = first_line(&table->rows[0], column);
    bool is_key = column == 0;
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
        is_key = is_key || is_str_equal_nocase(title, titles[i]);
    return is_key;
}

/* ---- topics -------------------------------------------------------------- */

static void
take_name(const struct ir *ir, struct topic *topic, struct str name)
{
    if (topic->environment == NULL)
        topic->environment = find_environment(ir, name);
    if (topic->service == NULL)
        topic->service = find_service(ir, name);
    if (topic->key == NULL)
        topic->key = find_key(ir, name);
}

static struct topic
topic_above(const struct ir *ir, const struct table *table)
{
    struct topic topic = {.environment =
                              heading_environment(ir, table->heading)};
    if (topic.environment == NULL && ir->environment_count == 1)
        topic.environment = ir->environments[0];
    return topic;
}

static struct topic
topic_beside(const struct reading *reading)
{
    struct topic topic = {.fact = NULL};
    for (size_t i = 0; i < reading->row->cell_count; i++) {
        if (is_key_column(reading->table, i))
            take_name(reading->check->ir, &topic, first_line(reading->row, i));
    }
    return topic;
}

static const struct fact *
find_fact(const struct reading *reading, const struct topic *topic,
          struct str title, bool is_column_named)
{
    bool is_of_service = topic->service != NULL;
    const struct fact *fact = fact_find(title, is_of_service);
    if (fact == NULL)
        fact = fact_find(first_line(reading->row, 0), is_of_service);
    if (fact == NULL && is_column_named)
        fact =
            fact_find(first_line(&reading->table->rows[0], 0), is_of_service);
    return fact;
}

static struct topic
topic_of(const struct reading *reading, size_t column)
{
    const struct topic *beside = &reading->said_beside;
    struct str title = first_line(&reading->table->rows[0], column);
    struct topic topic = {.fact = NULL};
    take_name(reading->check->ir, &topic, title);
    bool is_column_named = topic.environment != NULL || topic.service != NULL;
    if (topic.environment == NULL)
        topic.environment = beside->environment;
    if (topic.environment == NULL)
        topic.environment = reading->said_above.environment;
    if (topic.service == NULL)
        topic.service = beside->service;
    if (topic.key == NULL)
        topic.key = beside->key;
    topic.fact = find_fact(reading, &topic, title, is_column_named);
    return topic;
}

/* ---- judging ------------------------------------------------------------- */

static void
judge_table(struct reading *reading)
{
    const struct table *table = reading->table;
    reading->said_above = topic_above(reading->check->ir, table);
    for (size_t i = 1; i < table->row_count; i++) {
        reading->row = &table->rows[i];
        reading->said_beside = topic_beside(reading);
        judge_row(reading);
    }
}

static void
judge_row(struct reading *reading)
{
    for (size_t i = 0; i < reading->row->cell_count; i++) {
        if (!is_key_column(reading->table, i))
            judge_cell(reading, i);
    }
}

static struct str
subject_of(struct check *check, const struct claim *claim)
{
    if (claim->workload == NULL)
        return arena_format(check->arena, "`{}`",
                            STRS(claim->environment->name));
    return arena_format(
        check->arena, "`{}` in `{}`",
        STRS(claim->workload->service->name, claim->environment->name));
}

static void
report(struct check *check, const struct table_line *line,
       const struct claim *claim, struct str what)
{
    struct diag *diag =
        diag_add(check->sink, DIAG_O11, line->span,
                 STRS(line->text, what, subject_of(check, claim)));
    if (is_str_empty(claim->said))
        diag_label(diag, "no such host is served", NO_STRS);
    else
        diag_label(diag, "the program says `{}`", STRS(claim->said));
    if (!is_span_nowhere(claim->span))
        diag_note(diag, claim->span, "this is what the program says", NO_STRS);
    diag_help(diag,
              "correct this cell, or the program if the document is right",
              NO_STRS);
}

/* `memory 1Gi..2Gi` and `3 pods`, where nothing else says which fact it is. */
static const struct fact *
cut_fact(struct claim *claim)
{
    struct str rest = claim->text;
    struct str first = str_cut(&rest, ' ');
    const struct fact *fact = fact_find(first, true);
    if (fact != NULL && fact->is_of_service) {
        claim->text = str_trim(rest);
        return fact;
    }
    struct str second = str_cut(&rest, ' ');
    if (has_suffix(second, STR(",")))
        second.len--;
    return fact_find(second, true);
}

static enum verdict
judge_fact(struct claim *claim, const struct topic *topic, struct str *what)
{
    const struct fact *fact = topic->fact;
    if (fact == NULL && topic->key != NULL) {
        *what = topic->key->name;
        return judge_text(
            claim, topic->environment->settings[topic->key->index].value);
    }
    if (fact == NULL && topic->service != NULL)
        fact = cut_fact(claim);
    if (fact == NULL || fact->is_of_service != (claim->workload != NULL))
        return VERDICT_UNREAD;
    *what = str_from(fact->name);
    return fact->judge(claim);
}

static enum verdict
judge_line(struct check *check, const struct topic *topic,
           const struct table_line *line)
{
    struct claim claim = {.arena = check->arena,
                          .ir = check->ir,
                          .text = line->text,
                          .environment = topic->environment,
                          .span = NO_SPAN};
    struct str what;
    if (topic->service != NULL)
        claim.workload = workload_find(topic->environment, topic->service);
    enum verdict verdict = judge_fact(&claim, topic, &what);
    if (verdict == VERDICT_CONTRADICTS)
        report(check, line, &claim, what);
    return verdict;
}

/* Nothing at all, or a sign that says so. */
static bool
is_blank(const struct table_cell *cell)
{
    struct str text = cell->lines[0].text;
    return cell->line_count == 1 &&
           (is_str_empty(text) || is_str_equal(text, STR("-")) ||
            is_str_equal(text, STR("–")) || is_str_equal(text, STR("—")));
}

static void
judge_cell(struct reading *reading, size_t column)
{
    const struct table_cell *cell = &reading->row->cells[column];
    struct topic topic = topic_of(reading, column);
    size_t counts[] = {0, 0, 0};
    if (is_blank(cell))
        return;
    for (size_t i = 0; topic.environment != NULL && i < cell->line_count; i++)
        counts[judge_line(reading->check, &topic, &cell->lines[i])]++;
    if (counts[VERDICT_CONTRADICTS] > 0)
        reading->counts->contradicting++;
    else if (counts[VERDICT_AGREES] > 0)
        reading->counts->agreeing++;
    else
        reading->counts->unread++;
}
