/*
 * What the world finds us by: records, doors, certificates.
 */
#include "emit/guides/sections.h"

#include "emit/guides/places.h"
#include "emit/kubernetes/names.h"
#include "emit/zone_rows.h"
#include "emit/zones.h"
#include "ir/release.h"

bool
has_names(const struct ir *ir)
{
    return ir->zone_count > 0 || ir->certificate_count > 0;
}

/* ---- records ------------------------------------------------------------ */

static struct str
serves_cell(struct guide *guide, const struct zone_row *row)
{
    const struct record *record = row->record;
    if (record == NULL || record->environment == NULL)
        return STR("");
    return arena_format(guide->arena, "{} in {}",
                        STRS(record->workload != NULL
                                 ? said(guide, record->workload->service->name)
                                 : STR("a redirect"),
                             said(guide, record->environment->name)));
}

static void
write_row(struct guide *guide, const struct zone_row *row)
{
    struct str value = code(guide, row->fields);
    if (!is_str_empty(row->hole))
        value = arena_format(guide->arena, "waits for `?{}`", STRS(row->hole));
    guide_row(guide, STRS(code(guide, row->owner), row->type, value,
                          number_text(guide, row->ttl_seconds),
                          serves_cell(guide, row)));
}

static void
write_zone(struct guide *guide, const struct zone *zone)
{
    struct zone_rows rows = zone_rows(guide->arena, zone);
    guide_heading(guide, 3, said(guide, zone->name));
    guide_table(guide, STRS(STR("Name"), STR("Type"), STR("Value"), STR("TTL"),
                            STR("Serves")));
    for (size_t i = 1; i < rows.count; i++)
        write_row(guide, &rows.at[i]);
    if (is_soa_known(zone) && is_value_known(guide->ir->output.dns))
        guide_paragraph(
            guide,
            "The master file for the provider is {}. A record may "
            "be remembered elsewhere for as long as its TTL, in "
            "seconds.",
            STRS(file_link(guide, zone_path(guide->arena, guide->ir, zone))));
}

static void
write_look(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    struct buf lines;
    buf_init(&lines, guide->arena);
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        const struct value *address =
            environment->ingress == NULL ? NULL : environment->ingress->address;
        for (size_t j = 0; j < environment->host_count; j++) {
            const struct value *name = environment->hosts[j].name;
            if (is_value_known(name) && address != NULL &&
                is_value_known(address))
                buf_format(&lines, "dig +short {} # {}: {}\n",
                           STRS(word_of(guide, name->text), environment->name,
                                address->text));
        }
    }
    if (lines.len == 0)
        return;
    guide_paragraph(guide, "What each name must answer:", NO_STRS);
    guide_block(guide, "sh", buf_str(&lines));
}

/* ---- certificates ------------------------------------------------------- */

static struct str
names_cell(struct guide *guide, const struct certificate *certificate)
{
    struct buf buf;
    buf_init(&buf, guide->arena);
    for (size_t i = 0; i < certificate->name_count; i++)
        buf_format(&buf, i == 0 ? "{}" : "<br>{}",
                   STRS(shown(guide, certificate->names[i])));
    return buf_str(&buf);
}

static struct str
look_cell(struct guide *guide, const struct environment *environment)
{
    struct str name = name_certificate(guide->arena, guide->ir);
    if (!is_value_known(environment->namespace_name))
        return STR("–");
    return code(
        guide,
        arena_format(guide->arena,
                     "kubectl --namespace {} describe certificate {}",
                     STRS(word_of(guide, environment->namespace_name->text),
                          word_of(guide, name))));
}

static void
write_certificates(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    if (ir->tls == NULL || ir->certificate_count == 0)
        return;
    guide_heading(guide, 3, STR("Certificates"));
    guide_paragraph(
        guide,
        "{} issues them, cert-manager in the cluster renews them by itself; "
        "control of a name is proved by {}. Nobody handles a key.",
        STRS(shown(guide, ir->tls->issuer),
             ir->tls->proof == PROOF_DNS
                 ? STR("a record that cert-manager writes into the zone")
                 : STR("an answer over HTTP")));
    guide_table(guide, STRS(STR("Environment"), STR("Names"), STR("Look")));
    for (size_t i = 0; i < ir->certificate_count; i++) {
        const struct certificate *certificate = &ir->certificates[i];
        guide_row(guide, STRS(said(guide, certificate->environment->name),
                              names_cell(guide, certificate),
                              look_cell(guide, certificate->environment)));
    }
}

void
write_names(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    for (size_t i = 0; i < ir->zone_count; i++)
        write_zone(guide, &ir->zones[i]);
    if (ir->zone_count > 0)
        write_look(guide);
    write_certificates(guide);
}
