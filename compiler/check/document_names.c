/*
 * Names, words and hosts in the cells of tables. A judge that is not sure says
 * so: nothing is guessed.
 */
#include "check/document.h"
#include "check/document_forms.h"

/* ---- texts --------------------------------------------------------------- */

static struct str
one_form(struct arena *arena, const struct value *value)
{
    if (value->kind == VALUE_BOOL)
        return value->number != 0 ? STR("true") : STR("false");
    return value->kind == VALUE_NUMBER ? value_number_text(arena, value)
                                       : value->text;
}

bool
takes_value(struct claim *claim, const struct value *value)
{
    if (is_str_empty(claim->text) || !is_value_known(value))
        return false;
    claim->span = value->span;
    return true;
}

/* A text that a cell cannot show as it is: of more than one line, or with bytes
 * that are no letters. */
static bool
has_control(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.at[i] < ' ')
            return true;
    }
    return false;
}

enum verdict
judge_text(struct claim *claim, const struct value *value)
{
    if (!takes_value(claim, value))
        return VERDICT_UNREAD;
    claim->said = str_trim(one_form(claim->arena, value));
    if (has_control(claim->said))
        return VERDICT_UNREAD;
    if (is_str_empty(claim->said))
        claim->said = STR("(empty)");
    return verdict_of(is_str_equal(claim->text, claim->said));
}

/* A word; more than one is prose. Capitals of a name mean nothing. */
static enum verdict
judge_name(struct claim *claim, const struct value *value)
{
    bool is_word = !has_byte(claim->text, ' ') && !has_byte(claim->text, ',');
    if (!is_word || !takes_value(claim, value))
        return VERDICT_UNREAD;
    claim->said = one_form(claim->arena, value);
    return verdict_of(is_str_equal_nocase(claim->text, claim->said));
}

enum verdict
judge_tier(struct claim *claim)
{
    return judge_name(claim, claim->environment->tier_value);
}

enum verdict
judge_namespace(struct claim *claim)
{
    return judge_name(claim, claim->environment->namespace_name);
}

/* `NAME`, or `NAME in GROUP`. */
enum verdict
judge_cluster(struct claim *claim)
{
    const struct cluster *cluster = claim->environment->cluster;
    struct claim group = *claim;
    struct str rest = claim->text;
    if (cluster == NULL)
        return VERDICT_UNREAD;
    claim->text = str_cut(&rest, ' ');
    if (!is_str_empty(rest) && !form_skip(&rest, STR("in ")))
        return VERDICT_UNREAD;
    enum verdict verdict = judge_name(claim, cluster->name);
    if (is_str_empty(rest) || verdict != VERDICT_AGREES)
        return verdict;
    group.text = rest;
    verdict = judge_name(&group, cluster->group);
    *claim = group;
    return verdict;
}

enum verdict
judge_group(struct claim *claim)
{
    const struct cluster *cluster = claim->environment->cluster;
    return judge_name(claim, cluster == NULL ? NULL : cluster->group);
}

enum verdict
judge_branch(struct claim *claim)
{
    return has_byte(claim->text, ' ')
               ? VERDICT_UNREAD
               : judge_text(claim, claim->environment->branch);
}

enum verdict
judge_tag(struct claim *claim)
{
    return has_byte(claim->text, ' ')
               ? VERDICT_UNREAD
               : judge_text(claim, claim->environment->tag);
}

enum verdict
judge_ingress(struct claim *claim)
{
    const struct ingress *ingress = claim->environment->ingress;
    if (ingress == NULL)
        return VERDICT_UNREAD;
    return judge_name(claim, ingress->gateway != NULL ? ingress->gateway
                                                      : ingress->class_name);
}

enum verdict
judge_address(struct claim *claim)
{
    const struct ingress *ingress = claim->environment->ingress;
    return judge_name(claim, ingress == NULL ? NULL : ingress->address);
}

enum verdict
judge_vault(struct claim *claim)
{
    const struct vault *vault = claim->environment->vault;
    return judge_name(claim, vault == NULL ? NULL : vault->name);
}

enum verdict
judge_strategy(struct claim *claim)
{
    static const struct str names[] = {[STRATEGY_ROLLING] = STR_INIT("rolling"),
                                       [STRATEGY_BLUE_GREEN] =
                                           STR_INIT("blue-green"),
                                       [STRATEGY_CANARY] = STR_INIT("canary")};
    const struct deploy *deploy = claim->environment->deploy;
    struct str text = form_tight(claim->arena, claim->text, true);
    if (deploy == NULL)
        return VERDICT_UNREAD;
    claim->said = names[deploy->strategy];
    claim->span = deploy->span;
    if (has_prefix(text, STR("blue/green")))
        text = names[STRATEGY_BLUE_GREEN];
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (has_prefix(text, names[i]))
            return verdict_of(i == (size_t)deploy->strategy);
    }
    return VERDICT_UNREAD;
}

enum verdict
judge_image(struct claim *claim)
{
    return judge_name(claim, claim->workload->image);
}

enum verdict
judge_schedule(struct claim *claim)
{
    return judge_text(claim, claim->workload->schedule);
}

/* ---- hosts --------------------------------------------------------------- */

/* `https://api.example.com/` -> `api.example.com`; empty when it is none. */
static struct str
host_of(struct str text)
{
    if (!form_skip(&text, STR("https://")))
        form_skip(&text, STR("http://"));
    if (has_suffix(text, STR("/")))
        text.len--;
    for (size_t i = 0; i < text.len; i++) {
        if (!is_ascii_alnum(text.at[i]) && !has_byte(STR("-.*"), text.at[i]))
            return STR("");
    }
    return has_byte(text, '.') ? text : STR("");
}

typedef bool serves_host(const struct claim *claim, struct str host);

static bool
serves_environment(const struct claim *claim, struct str host)
{
    const struct environment *environment = claim->environment;
    for (size_t i = 0; i < environment->host_count; i++) {
        if (is_str_equal_nocase(environment->hosts[i].name->text, host))
            return true;
    }
    return false;
}

static bool
serves_workload(const struct claim *claim, struct str host)
{
    const struct value *hosts = claim->workload->hosts;
    for (size_t i = 0; i < hosts->item_count; i++) {
        if (is_str_equal_nocase(hosts->items[i].text, host))
            return true;
    }
    return false;
}

/* Every host that the line names is served; it need not name them all. */
static enum verdict
judge_each_host(struct claim *claim, serves_host *serves)
{
    struct str rest = claim->text;
    enum verdict verdict = VERDICT_UNREAD;
    while (!is_str_empty(rest)) {
        struct str host = host_of(str_trim(str_cut(&rest, ',')));
        if (is_str_empty(host))
            return VERDICT_UNREAD;
        if (!serves(claim, host))
            return VERDICT_CONTRADICTS;
        verdict = VERDICT_AGREES;
    }
    return verdict;
}

enum verdict
judge_hosts(struct claim *claim)
{
    const struct environment *environment = claim->environment;
    for (size_t i = 0; i < environment->host_count; i++) {
        if (!is_value_known(environment->hosts[i].name))
            return VERDICT_UNREAD;
    }
    claim->span = environment->span;
    return judge_each_host(claim, serves_environment);
}

enum verdict
judge_service_hosts(struct claim *claim)
{
    if (!takes_value(claim, claim->workload->hosts))
        return VERDICT_UNREAD;
    return judge_each_host(claim, serves_workload);
}
