#include "emit/kubernetes/names.h"

#include "ir/release.h"
#include "base/hash.h"
#include "base/sort.h"
#include "ir/issuer.h"

enum { CONFIG_HASH_DIGITS = 10 };

struct str
name_config(struct arena *arena, const struct service *service)
{
    return arena_format(arena, "{}-config", STRS(service->name));
}

/* Hexadecimal digits without vowels, so that no word comes out. */
static struct str
safe_digits(struct arena *arena, struct str digits)
{
    struct buf safe;
    buf_init(&safe, arena);
    for (size_t i = 0; i < digits.len; i++) {
        size_t at = str_index(STR("013ae"), digits.at[i], 0);
        buf_byte(&safe, at < 5 ? "ghkmt"[at] : digits.at[i]);
    }
    return buf_str(&safe);
}

struct str
name_config_hashed(struct arena *arena, const struct workload *workload)
{
    struct config_list config = config_sorted(arena, workload);
    struct buf content;
    buf_init(&content, arena);
    for (size_t i = 0; i < config.count; i++) {
        if (!is_value_known(config.at[i]->value))
            continue;
        buf_add(&content, config.at[i]->key->name);
        buf_byte(&content, '\0');
        buf_add(&content, config_text(config.at[i]->value));
        buf_byte(&content, '\0');
    }
    return name_by_content(arena, name_config(arena, workload->service),
                           buf_str(&content));
}

struct str
name_by_content(struct arena *arena, struct str stem, struct str content)
{
    struct buf digits;
    buf_init(&digits, arena);
    hash_print(&digits, hash_text(content));
    return arena_format(
        arena, "{}-{}",
        STRS(stem, safe_digits(arena, str_slice(buf_str(&digits), 0,
                                                CONFIG_HASH_DIGITS))));
}

struct str
name_peers(struct arena *arena, const struct service *service)
{
    return arena_format(arena, "{}-peers", STRS(service->name));
}

struct str
name_secret(struct arena *arena, const struct service *service)
{
    return arena_format(arena, "{}-secret", STRS(service->name));
}

struct str
name_secret_files(struct arena *arena, const struct service *service)
{
    return arena_format(arena, "{}-files", STRS(service->name));
}

struct str
name_preview(struct arena *arena, const struct service *service)
{
    return arena_format(arena, "{}-preview", STRS(service->name));
}

struct str
name_stable(struct arena *arena, const struct service *service)
{
    return arena_format(arena, "{}-stable", STRS(service->name));
}

struct str
name_analysis(struct arena *arena, const struct step *step)
{
    return step->kind == STEP_SHARE ? share_name(arena, step) : STR("watch");
}

struct str
name_migration(struct arena *arena, const struct service *service)
{
    return arena_format(arena, "{}-migrate", STRS(service->name));
}

struct str
name_coloured(struct arena *arena, const struct service *service,
              struct str colour)
{
    if (is_str_empty(colour))
        return service->name;
    return arena_format(arena, "{}-{}", STRS(service->name, colour));
}

struct str
name_certificate(struct arena *arena, const struct ir *ir)
{
    (void)arena;
    return ir->project->name;
}

struct str
name_certificate_secret(struct arena *arena, const struct ir *ir)
{
    return certificate_secret_name(arena, ir);
}

struct str
name_deployers(struct arena *arena, const struct environment *environment)
{
    struct str name = is_value_known(environment->namespace_name)
                          ? environment->namespace_name->text
                          : environment->name;
    return arena_format(arena, "{}-deployers", STRS(name));
}

struct str
name_preview_deployer(struct arena *arena,
                      const struct environment *environment)
{
    return arena_format(arena, "{}-preview-deployer",
                        STRS(environment->namespace_name->text));
}

struct str
name_preview_release(struct arena *arena, const struct environment *environment)
{
    return arena_format(arena, "{}-preview-release",
                        STRS(environment->namespace_name->text));
}

struct str
name_previews(struct arena *arena, const struct environment *environment)
{
    return arena_format(arena, "{}-previews",
                        STRS(environment->namespace_name->text));
}

struct str
vault_key(struct arena *arena, struct str secret)
{
    struct buf key;
    buf_init(&key, arena);
    for (size_t i = 0; i < secret.len; i++) {
        char byte = secret.at[i];
        buf_byte(&key, is_ascii_alnum(byte) ? ascii_lower(byte) : '-');
    }
    return buf_str(&key);
}

static int
compare_keys(const void *a, const void *b, const void *context)
{
    const struct setting *const *left = a;
    const struct setting *const *right = b;
    (void)context;
    return str_compare((*left)->key->name, (*right)->key->name);
}

struct config_list
config_sorted(struct arena *arena, const struct workload *workload)
{
    const struct setting **list =
        arena_array(arena, workload->config_count, sizeof *list);
    for (size_t i = 0; i < workload->config_count; i++)
        list[i] = workload->config[i];
    sort_items(arena, list, workload->config_count, sizeof *list, compare_keys,
               NULL);
    size_t count = 0;
    for (size_t i = 0; i < workload->config_count; i++) {
        if (count == 0 || list[count - 1]->key != list[i]->key)
            list[count++] = list[i];
    }
    return (struct config_list){list, count};
}

struct str
config_text(const struct value *value)
{
    if (value->kind == VALUE_BOOL)
        return value->number != 0 ? STR("true") : STR("false");
    return value->text;
}
